"""What runs inside the process of one file.

It loads the one library that the kind needs, tries it on a small file of its own so that nothing is
left to load, gives up every right but reading its pipe, writing to its other pipe and memory, and only
then reads the file. It answers once and ends.

Used by nobody but `banyan.cleaning.process`, as a program. It never opens a file, has no name of one,
no environment and no way to anybody; whatever a file does to it ends with it.
"""
