"""Other programs' formats, one file each: text to records, records to a bank, and back, each with
the report of what could not be carried."""
