"""The kernel: passages, periods and errors. Standard library only."""
