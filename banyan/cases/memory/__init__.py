"""A Django database backend for the desk's view: SQLite in memory, shared by the threads of one process.

The name is a `memdb` of SQLite (`file:/NAME?vfs=memdb`), which lives as long as one connection to it does;
`anchor` holds that one. Nothing of it ever touches the disk: `temp_store` is memory too, or a large sort
would spill plaintext. Used by `banyan.cases.view` alone.
"""
