"""Intake: hears people at the door, answers, opens a case when the person agrees, and stays its centre.

Its page of today is sorted by danger, then by lateness. Used by members with the seat *intake*, each of whom
reads only the conversations that are wrapped to them. Files named `case_...` are about cases; the others about
conversations.

It never opens a case without the person's consent, never one for somebody under 18, signs nothing alone and nothing
against the person's last word, and never sees who somebody was found to be or where they are housed.
"""
