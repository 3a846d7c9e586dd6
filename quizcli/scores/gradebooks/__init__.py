"""Grade books: the marks of a class as files, one format a file."""
