"""What people of the demo send besides words: a card, drawn here, that shows nobody and says nothing."""

import io
from random import Random

from PIL import Image, ImageDraw

WIDE, HIGH = 900, 600
CLOTH, PAPER, INK = (120, 104, 86), (226, 230, 220), (150, 160, 156)


def card(random: Random) -> bytes:
    """A JPEG of a card on a cloth: a blank face, lines where words would be, no letter and no number."""
    picture = Image.new("RGB", (WIDE, HIGH), CLOTH)
    draw = ImageDraw.Draw(picture)
    left, top = random.randint(60, 140), random.randint(60, 110)
    right, bottom = WIDE - left, HIGH - top
    draw.rounded_rectangle((left, top, right, bottom), 28, fill=PAPER)
    draw.rectangle((left + 40, top + 50, left + 220, top + 290), fill=INK)
    draw.ellipse((left + 90, top + 85, left + 170, top + 175), fill=PAPER)
    draw.pieslice((left + 65, top + 190, left + 195, top + 390), 180, 360, fill=PAPER)
    for row in range(5):
        y = top + 70 + row * 52
        draw.rectangle((left + 270, y, right - random.randint(60, 240), y + 16), fill=INK)
    sent = io.BytesIO()
    picture.rotate(random.uniform(-4, 4), fillcolor=CLOTH).save(sent, "JPEG", quality=80)
    return sent.getvalue()
