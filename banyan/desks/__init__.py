"""The staff's side: one little house a desk, all built alike, so that knowing one is knowing all.

Each has `rules` (pure decisions, no request, no database), `actions` (the only writes; keyword-only, typed, taking the
`Desk`), `lists` (what pages read), `pages` (function views), `forms`, `codes` (codes by name), `words` (what pages
say), `urls`, `templates` and `tests`; some a `timeline`, and `showing` for what their pages share. Where one file
would be too long, a second one says of what it is: `case_words`, `leg_pages`, `run_words`. What all say alike stands
in `frame`.

A desk never imports a desk: a hand-over goes through the case's cover. Nothing here runs in the hub's process.
"""
