"""What the desks of the demo write to the person, and what they note among themselves: invented, like all its texts.

Names are words for trees and flowers. No text names a person, a place, a road or a house.
"""

from random import Random

LETTERS = {
    "names": {
        "en": "How are you called? Write it as you write it yourself. Only two of us read it.",
        "my": "နာမည် ဘယ်လိုခေါ်ပါသလဲ။ ကိုယ်တိုင် ရေးသလို ရေးပေးပါ။ ကျွန်တော်တို့ထဲက နှစ်ယောက်ပဲ ဖတ်ပါတယ်။",
    },
    "way": {
        "en": "You would go at night, on a day that we tell you, in two parts, each with somebody who knows the way. "
        "You can stop at any time. Do you agree?",
        "my": "ကျွန်တော်တို့ ပြောမယ့်နေ့ ညပိုင်းမှာ နှစ်ပိုင်းခွဲ သွားရပါမယ်။ အပိုင်းတိုင်းမှာ လမ်းသိတဲ့သူ ပါပါတယ်။ "
        "ဘယ်အချိန်မဆို ရပ်လို့ရပါတယ်။ သဘောတူပါသလား။",
    },
    "word": {
        "en": "Give us word at these times, with one tap. If none comes we do what we agreed.",
        "my": "ဒီအချိန်တွေမှာ တစ်ချက်နှိပ်ပြီး သတင်းပေးပါ။ သတင်းမလာရင် သဘောတူထားတဲ့အတိုင်း လုပ်ပါမယ်။",
    },
    "bed": {
        "en": "A bed is ready for you. Somebody will bring you there. Rest first.",
        "my": "အိပ်ဖို့နေရာ အဆင်သင့် ရှိပါပြီ။ တစ်ယောက်ယောက်က လိုက်ပို့ပါမယ်။ အရင် နားပါ။",
    },
}
DECLINED = {
    "en": "Two of us have looked at it, and we cannot take you in as things are. That is not your worth. You may ask "
    "again whenever something changes.",
    "my": "ကျွန်တော်တို့ထဲက နှစ်ယောက် ကြည့်ပြီးပါပြီ။ အခုအခြေအနေမှာ လက်မခံနိုင်သေးပါဘူး။ သင့်တန်ဖိုးနဲ့ မဆိုင်ပါဘူး။ "
    "တစ်ခုခု ပြောင်းရင် ထပ်မေးလို့ရပါတယ်။",
}
NAMES = (
    ("ပိတောက်", "Padauk"), ("ကံ့ကော်", "Kankaw"), ("သစ္စာပန်း", "Thitsapan"), ("စံပယ်", "Sabe"), ("ကြာဖြူ", "Kyabyu"),
    ("ခရေ", "Khayay"), ("သပြေ", "Thabyay"), ("ညောင်", "Nyaung"), ("မန်ကျည်း", "Mangyi"), ("ဝါးပင်", "Wabin"),
)  # fmt: skip
HOUSES = ("Heron", "Kite", "Swallow", "Egret", "Myna", "Lark", "Plover", "Oriole")
FIRST_STEPS = (
    "Wait for the second word, then leave as on any other evening.",
    "Ask for two days of leave in the usual way, and take nothing that shows a longer road.",
    "Let the children sleep at their aunt's the night before.",
)
IF_SILENT = ("Ask the guide after six hours; after twelve, stop and call everybody.",)
CALL_OFF = ("The word is rain, in any message.", "A white cloth where the guide looks first.")
MEET = ("Under the old tamarind, after dark", "Behind the closed tea shop", "At the third milestone")
END = ("The blue gate", "The far bank", "Where the road forks, at the shrine")
SIGNS = ("A red thread", "An umbrella carried closed", "A cough, twice")


def letter(kind: str, language: str) -> str:
    """What a desk writes in its letter."""
    return LETTERS[kind][language]


def name(language: str, random: Random) -> str:
    """The name that somebody gives."""
    burmese, romanised = random.choice(NAMES)
    return burmese if language == "my" else romanised
