"""The checks that `make check` runs beside ruff, mypy and import-linter.

house_rules looks at size, names and what no file may say; docs holds the documents against the code;
translations holds the Burmese catalogue against every text that a page can show. Each is run as
`python -m banyan.house.checks.NAME`, prints one problem a line and ends with 1 when it found any; docs and
translations also write, with `--write`.
Used by whoever changes Banyan and by continuous integration, never by a hub or a desk.
They read files of this checkout only, never a programme's data.
"""
