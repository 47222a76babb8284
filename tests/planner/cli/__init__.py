"""The command line: answers, exit statuses and errors."""
