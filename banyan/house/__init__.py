"""The house: what every desk and door stands in.

Settings for the hub and for a desk, the urls, the middleware, the base page, the one stylesheet, the catalogue
of translations, the command `banyan` and the checks that keep the rooms apart.
Used by whoever starts a process and by the templates of every room.
It decides nothing about a case, a person or a member: that is said in the rooms below.
"""
