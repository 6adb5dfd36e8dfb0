"""What can tell on a person is taken out of a file: in a process of its own that can do nothing else.

A picture is taken apart to its colours and made anew, a PDF is drawn page by page into a PDF of
pictures, sound and film are played and recorded anew, plain text keeps only what can be read. So where
and with which phone a photograph was taken, who wrote a document, and whatever hides behind the end of a
file stay behind. What a picture shows, it shows still; a voice stays a voice.

Used by the front door and by desks, for files that somebody sent. Each file has a process of its own
that is bounded in memory and time and which the kernel ends at the first call for a file, the network or
another process. Where this cannot be had nothing is decoded at all.

It never keeps a file, never writes to a disk, never looks at a file's name, and imports nothing of ours.
"""

from banyan.cleaning.process import Clean, clean, sandboxed

__all__ = ["Clean", "clean", "sandboxed"]
