"""Testimony: what people want kept for a court, read by the few who keep it and by nobody else.

A keeper opens an account after it is noted that they do, saves a file byte for byte, notes to whom it was given on
and on what legal basis, and prints the sheet of custody that a court asks for. Used by the seat *testimony*.

It never changes or deletes anything: the person alone erases. It never shows a file inside a page but a picture that
was made anew, gives nothing on that the person did not agree to, and knows no name, no case and no conversation.
"""
