"""The parts that every page is built of, each once. Their tags are loaded everywhere: no `{% load %}`.

Pages extend `door/base.html` or `desk/base.html`; LOOK decides, these parts obey. A tone is always one of
`leaf` (all is well), `sun` (late, unsent, read this), `alarm` (danger, silence), `sky` (for information)
or `quiet`; a part refuses any other, and a word always stands beside the colour.

door/base.html    blocks: title, steps, main. No style, script, image or cookie may be added.
desk/base.html    blocks: title, heading, main, side. From the context, all optional: `desk_name`, `sections`
                  (label, url, active), `sync` (.unsent .last .busy .problem), `member`, `who_sees` (text),
                  `lock_url`, `sync_url` (else the URLs named `lock` and `sync_now`), `now` (the desk's clock).

{% row reference what tag="" tone="quiet" detail="" url="" action="" main=False %}   one line of work
{% card title="" %}...{% endcard %}                  a box, for the side column or the main one
{% notice tone title="" %}...{% endnotice %}         leaf, sun or alarm
{% field form.name why="" %}                         label, help, "why we ask", control, error beside it
{% fields form %}                                    all fields, with the form's own errors first
{% timeline items %}                                 items with .when .title and maybe .who .detail .tone .late
{% table head rows caption="" foot=None empty="" %}  numbers stand right; name the currency in `head`
{% chart title bars series=None note="" %}           bars: (label, number) or (label, first, second)
{% steps current label label ... %}                  where in a row of steps, counted from 1
{% progress done total label %}                      so many of so many
{% when moment %}  {% due moment %}                  "22 minutes ago"; "due in 38 minutes", "2 hours late"
{% draft_state %}                                    inside a form with `data-draft="URL"` (desk): what is typed
                                                     is posted there every few seconds, and this says so
{% asset "banyan.css" %}                             its address, which changes with its bytes
{% door_style %}                                     the door's style element, for its base page

Classes for plain elements: `button` and `button quiet` (links, buttons), `alarm` on a button for what
cannot be undone, `soft` text, `code` for a person's code words, `message` (and `mine`) for what was
written, `do` on an ordered list for numbered steps (door); `stack`, `actions` for several buttons (desk).

Never here: a door's or desk's own words, rules or data. The room never reads a person's folder, a request's
user or a database.
"""
