"""The staff's side: one little house a desk, all built alike, so that knowing one is knowing all.

Each has `rules` (pure decisions, no request, no database), `actions` (the only writes; keyword-only, typed, taking the
`Desk`), `pages` (function views), `forms`, `urls`, `templates` and `tests`. A desk never imports a desk: a hand-over
goes through the case's cover. Nothing here runs in the hub's process.
"""
