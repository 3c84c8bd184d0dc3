"""The enterprises: the list, and the page of one."""
