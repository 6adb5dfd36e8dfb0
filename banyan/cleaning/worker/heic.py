"""What iPhones take: libheif, on one thread."""

from __future__ import annotations

import base64

import pillow_heif
from PIL import Image  # noqa: F401  (the opener joins Pillow's)

# A red square of 16 points. It is decoded once before the lock; to make one takes far longer than to read it.
SAMPLE = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0004eZDn*}000000000XXk=`10000000000aA{+700000000000000000000B57=I"
    "V*mgE07O6l0RRC200001pa1~?00000001cf001LtX>Mi!000000RR916=`l}WdZ;I000310BCk&F#rGn01j|zbZr0t000010002|"
    "X>f9I0002oX>en20001WXm(>m0RwOV0058x000009`FGC{rLC*01pFT0096PKmiN^|NjGU00093kN^M!000939=ZZRVE_RDDMA4O"
    "18@KU0|1Z!00RI30{|YNAb|yz>aLpR;31&EfB*mtfB*mk0EA)y0RRR>0l{;@i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L800000"
    "0000$0000$0000eV{Bn?0000G000010000G00001|NsBc00002|NsBc000020000GaA|mH000000|*ER0000OX>e^}0000000001"
    "009Mo0s{qv0000nZDe6|0000bC;_hvNLP?>_5C_m|IbUm6J#7dQ6YIisMTs#fSi&!dXOuCum"
)


def load() -> None:
    """Makes Pillow read HEIC."""
    pillow_heif.options.DECODE_THREADS = 1
    pillow_heif.options.THUMBNAILS = False
    pillow_heif.options.DEPTH_IMAGES = False
    pillow_heif.options.AUX_IMAGES = False
    pillow_heif.register_heif_opener()
