"""The exam hall: questions, responses, grades, sessions. It never learns that a terminal, a file
or a clock exists; whatever it needs of them is handed in.
"""
