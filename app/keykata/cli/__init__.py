"""Commands, one module a group, each imported only when called."""
