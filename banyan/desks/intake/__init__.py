"""Intake: hears people at the door, answers, and opens a case when the person agrees.

Its page of today is sorted by danger, then by lateness. Used by members with the seat *intake*, each of whom
reads only the conversations that are wrapped to them.

It never opens a case without the person's consent, never one for somebody under 18, and never sees who
somebody was found to be or where they are housed.
"""
