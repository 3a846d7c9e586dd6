"""A question meets its experiment: do the measured verdicts equal the key?"""
