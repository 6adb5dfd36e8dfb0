"""The parts that every page is built of, each once: rows, cards, notices, fields, tables, charts, times.

Their tags are loaded in every template; what they take stands at the head of `tags.py`. The files behind
them (the door's style inside its pages, the desk's style and script) are read once, in `assets.py`.
Used by the base pages and by the templates of every door and desk.
It holds no door's or desk's own words, rules or data, and never reads a folder, a user or a database.
"""
