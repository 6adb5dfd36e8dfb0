"""What the people of the demo and its staff say: composed of parts, all invented, in English and in Burmese.

No text names a person, a place, a unit or an order. The Burmese is plain and spoken, and no native speaker has
read it yet.
"""

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Phrases:
    """The parts of one language. A first message is an opening, a matter and a question."""

    openings: tuple[str, ...]
    matters: tuple[str, ...]
    questions: tuple[str, ...]
    danger: tuple[str, ...]
    more: tuple[str, ...]
    greetings: tuple[str, ...]
    answers: tuple[str, ...]
    closings: tuple[str, ...]
    advice: tuple[str, ...]
    junk: tuple[str, ...]
    accounts: tuple[str, ...]


PHRASES = {
    "en": Phrases(
        openings=(
            "Hello.", "I found your address through a friend.", "I do not know whom to trust.",
            "I have read about you.", "I write from a borrowed phone.", "Please read this.",
            "I have thought about this for months.", "I can only write at night.",
        ),
        matters=(
            "I am still serving and I do not want to be part of this any more.",
            "I was told to fire on people who did nothing. I cannot.",
            "I left two weeks ago and I am hiding with relatives.",
            "My wife and our two children live in the compound with me.",
            "They count us every evening, so I do not know how anybody leaves.",
            "My younger brother was taken into the force against his will.",
            "I have asked to resign three times. They refuse.",
            "I am a nurse in uniform. I treat everybody, and I am watched for it.",
            "My pay stopped and they keep my papers.",
            "I am in the police and I worked in an office only.",
            "My parents do not know that I want to go.",
            "I am ill and I get no leave to see a doctor.",
        ),
        questions=(
            "What should I do first?", "Can you help me to leave safely?", "Can my family come too?",
            "What happens to those who stay behind?", "How long does it take?", "Do I have to give my name?",
            "Is it safe to write here?", "What do you need to know from me?",
        ),
        danger=(
            "They searched my room today. I think that they know.",
            "I left this morning. They are looking for me.",
            "I am being moved tomorrow and I am afraid.",
            "Somebody has reported me. I have only a few hours.",
        ),
        more=(
            "Thank you for answering. I will wait for you.", "I understand. I have told nobody.",
            "We are four: two adults and two children.", "I can write again in three days.",
            "I have deleted everything on my phone.", "My wife agrees. We want to go together.",
            "I need medicine for my mother.", "I am well. Nothing has changed.",
            "I have no papers with me but my family list.", "Please tell me what comes next.",
        ),
        greetings=("Thank you for writing to us.", "We have read every word.",
        "It was brave to write.", "We hear you."),
        answers=(
            "You do not have to give your name. Nobody here will ask for your unit or for plans.",
            "Do not leave in haste. Tell us first who is with you and whether anybody is in danger today.",
            "Families can come too. How many are you, and are there small children?",
            "Keep to your usual day. Change nothing that others would notice.",
            "Please do not carry a photograph of this page. Your eight words are enough.",
            "Before anything else: are you 18 or older, and do you agree that we keep what you tell us?",
            "Others have left in the same situation. It takes time, and you decide about every step.",
            "We can agree on times when you tell us that you are well, so that we notice if you are not.",
        ),
        closings=(
            "Write whenever it is safe.", "We look at this page every day.", "You can stop at any time.",
            "You are not alone.", "Close this page when you have read it.",
        ),
        advice=(
            "For resigning, the rules are on our page of guidance. If anything changes, write again.",
            "What you ask needs no case with us. A legal aid group, named on our page of guidance, helps better.",
            "We cannot help with this and do not want to keep you waiting. Please write again if you are in danger.",
        ),
        accounts=(
            "I was told to stand at the door while they questioned a boy. I heard him an hour. I can say which day.",
            "We were ordered to burn what was left of the houses. I wrote down who gave the order, and I remember it.",
            "Two prisoners were alive when I brought them water. In the morning they were not. I saw who had the keys.",
            "I carried the wounded of both sides. I was told to leave theirs. I did not, and I can say what I saw.",
        ),
        junk=(
            "Win a new phone today! Click and register.",
            "hi hi hi test test", "Loans in one hour, no papers needed.",
            "You will all be found.",
        ),
    ),
    "my": Phrases(
        openings=(
            "မင်္ဂလာပါ။", "မိတ်ဆွေတစ်ယောက်ဆီက ဒီလိပ်စာကို ရပါတယ်။", "ဘယ်သူ့ကို ယုံရမှန်း မသိဘူး။",
            "ခင်ဗျားတို့အကြောင်း ဖတ်ဖူးပါတယ်။", "ငှားထားတဲ့ ဖုန်းနဲ့ ရေးနေတာပါ။", "ကျေးဇူးပြုပြီး ဒါကို ဖတ်ပေးပါ။",
            "ဒီကိစ္စကို လနဲ့ချီ စဉ်းစားခဲ့ပါတယ်။", "ညပိုင်းမှပဲ ရေးလို့ရပါတယ်။",
        ),
        matters=(
            "တာဝန်ထမ်းနေတုန်းပါ၊ ဒါပေမဲ့ ဆက်မပါချင်တော့ဘူး။",
            "ဘာမှမလုပ်တဲ့ လူတွေကို ပစ်ခိုင်းတယ်။ ကျွန်တော် မလုပ်နိုင်ဘူး။",
            "လွန်ခဲ့တဲ့ နှစ်ပတ်က ထွက်လာပြီး ဆွေမျိုးတွေဆီမှာ ပုန်းနေပါတယ်။",
            "ဇနီးနဲ့ ကလေးနှစ်ယောက်လည်း ဝင်းထဲမှာ အတူနေပါတယ်။",
            "ညနေတိုင်း လူစစ်လို့ ဘယ်လိုထွက်ရမှန်း မသိပါဘူး။",
            "ညီလေးကို သူ့ဆန္ဒမပါဘဲ ခေါ်သွားကြတယ်။",
            "နုတ်ထွက်စာ သုံးကြိမ် တင်ပြီးပြီ။ လက်မခံဘူး။",
            "ကျွန်မက သူနာပြုပါ။ လူတိုင်းကို ကုသပေးလို့ စောင့်ကြည့်ခံနေရပါတယ်။",
            "လစာမရတော့ဘူး၊ စာရွက်စာတမ်းတွေလည်း သိမ်းထားကြတယ်။",
            "ရဲတပ်ဖွဲ့ကပါ၊ ရုံးမှာပဲ အလုပ်လုပ်ခဲ့ပါတယ်။",
            "ထွက်ချင်တာကို မိဘတွေ မသိသေးပါဘူး။",
            "နေမကောင်းဘူး၊ ဆရာဝန်ပြဖို့လည်း ခွင့်မရပါဘူး။",
        ),
        questions=(
            "ပထမဆုံး ဘာလုပ်သင့်ပါသလဲ။", "ဘေးကင်းကင်း ထွက်နိုင်အောင် ကူညီပေးနိုင်မလား။", "မိသားစုပါ လိုက်လို့ ရမလား။",
            "ကျန်ခဲ့တဲ့သူတွေ ဘာဖြစ်မလဲ။", "ဘယ်လောက် ကြာမလဲ။", "နာမည် ပေးရမလား။",
            "ဒီမှာ ရေးတာ စိတ်ချရပါသလား။", "ကျွန်တော့်ဆီက ဘာသိဖို့ လိုပါသလဲ။",
        ),
        danger=(
            "ဒီနေ့ ကျွန်တော့်အခန်းကို ရှာသွားတယ်။ သူတို့ သိသွားပြီ ထင်တယ်။",
            "ဒီမနက် ထွက်လာခဲ့ပြီ။ ကျွန်တော့်ကို လိုက်ရှာနေကြတယ်။",
            "မနက်ဖြန် နေရာပြောင်းခံရမယ်၊ ကြောက်နေပါတယ်။",
            "တစ်ယောက်ယောက်က ကျွန်တော့်ကို တိုင်လိုက်ပြီ။ နာရီပိုင်းပဲ အချိန်ရှိတော့တယ်။",
        ),
        more=(
            "ပြန်စာအတွက် ကျေးဇူးတင်ပါတယ်။ စောင့်နေပါမယ်။", "နားလည်ပါပြီ။ ဘယ်သူ့ကိုမှ မပြောထားပါဘူး။",
            "ကျွန်တော်တို့ လေးယောက်ပါ၊ လူကြီးနှစ်ယောက်နဲ့ ကလေးနှစ်ယောက်။", "သုံးရက်နေရင် ပြန်ရေးလို့ ရပါမယ်။",
            "ဖုန်းထဲက အားလုံးကို ဖျက်ပြီးပါပြီ။", "ဇနီးလည်း သဘောတူပါတယ်။ အတူတူ ထွက်ချင်ပါတယ်။",
            "အမေ့အတွက် ဆေး လိုနေပါတယ်။", "နေကောင်းပါတယ်။ ဘာမှ မပြောင်းသေးပါဘူး။",
            "အိမ်ထောင်စုစာရင်းကလွဲလို့ စာရွက်စာတမ်း မပါပါဘူး။", "ရှေ့ဆက် ဘာလုပ်ရမလဲ ပြောပြပေးပါ။",
        ),
        greetings=("စာရေးတဲ့အတွက် ကျေးဇူးတင်ပါတယ်။", "အားလုံး ဖတ်ပြီးပါပြီ။",
        "စာရေးဖို့ သတ္တိလိုပါတယ်။", "သင့်စကားကို ကြားပါတယ်။"),
        answers=(
            "နာမည် ပေးစရာ မလိုပါဘူး။ တပ်အမည်နဲ့ အစီအစဉ်တွေကိုလည်း ဘယ်သူမှ မမေးပါဘူး။",
            "အလျင်စလို မထွက်ပါနဲ့။ ဘယ်သူတွေ အတူရှိလဲ၊ ဒီနေ့ အန္တရာယ်ရှိသလား အရင်ပြောပြပါ။",
            "မိသားစုလည်း လိုက်လို့ရပါတယ်။ ဘယ်နှစ်ယောက်လဲ၊ ကလေးငယ် ပါသလား။",
            "ပုံမှန်အတိုင်း နေပါ။ တခြားသူ သတိထားမိမယ့် အပြောင်းအလဲ မလုပ်ပါနဲ့။",
            "ဒီစာမျက်နှာကို ဓာတ်ပုံ မရိုက်ထားပါနဲ့။ စကားလုံး ရှစ်လုံး မှတ်ထားရင် လုံလောက်ပါတယ်။",
            "အရင်ဆုံး အသက် ၁၈ နှစ် ပြည့်ပြီလား၊ ပြောတာတွေကို မှတ်ထားဖို့ သဘောတူသလား ပြောပေးပါ။",
            "ဒီလိုအခြေအနေကနေ ထွက်ခဲ့တဲ့သူတွေ ရှိပါတယ်။ အချိန်ယူရပြီး အဆင့်တိုင်းကို ကိုယ်တိုင် ဆုံးဖြတ်နိုင်ပါတယ်။",
            "နေကောင်းကြောင်း ပြောဖို့ အချိန်တွေ ချိန်းထားနိုင်ပါတယ်၊ ဒါမှ အဆင်မပြေရင် ကျွန်တော်တို့ သိနိုင်မှာပါ။",
        ),
        closings=(
            "ဘေးကင်းတဲ့အချိန် ပြန်ရေးပါ။", "ဒီစာမျက်နှာကို နေ့တိုင်း ကြည့်ပါတယ်။", "ဘယ်အချိန်မဆို ရပ်လို့ရပါတယ်။",
            "သင် တစ်ယောက်တည်း မဟုတ်ပါဘူး။", "ဖတ်ပြီးရင် ဒီစာမျက်နှာကို ပိတ်ပါ။",
        ),
        advice=(
            "ဝန်ထမ်း နုတ်ထွက်ခြင်း စည်းမျဉ်းတွေကို လမ်းညွှန်စာမျက်နှာမှာ ဖတ်နိုင်ပါတယ်။ တစ်ခုခု ပြောင်းရင် ပြန်ရေးပါ။",
            "မေးတဲ့ကိစ္စအတွက် ဥပဒေအကူအညီပေးတဲ့ အဖွဲ့က ပိုကူညီနိုင်ပါတယ်။ လမ်းညွှန်စာမျက်နှာမှာ တွေ့နိုင်ပါတယ်။",
            "ဒီကိစ္စကို ကျွန်တော်တို့ မကူညီနိုင်ပါဘူး၊ မစောင့်စေချင်လို့ပါ။ အန္တရာယ်ရှိရင် ပြန်ရေးပါ။",
        ),
        junk=("ဖုန်းအသစ် ကံစမ်းမဲ! အခုပဲ နှိပ်ပါ။", "စမ်းကြည့်တာ စမ်းကြည့်တာ", "တစ်နာရီအတွင်း ချေးငွေ ရမည်။"),
        accounts=(
            "ကောင်လေးတစ်ယောက်ကို စစ်မေးနေတုန်း တံခါးဝမှာ စောင့်ခိုင်းပါတယ်။ တစ်နာရီလောက် အသံကြားခဲ့ရပါတယ်။ ဘယ်နေ့ဆိုတာ ပြောနိုင်ပါတယ်။",
            "ကျန်တဲ့အိမ်တွေကို မီးရှို့ဖို့ အမိန့်ရပါတယ်။ ဘယ်သူ အမိန့်ပေးတယ်ဆိုတာ ရေးမှတ်ထားပြီး မှတ်မိနေပါတယ်။",
            "ရေသွားပေးတုန်းက အကျဉ်းသားနှစ်ယောက် အသက်ရှင်နေပါသေးတယ်။ မနက်ကျတော့ မရှိတော့ပါဘူး။ သော့ကိုင်ထားသူကို မြင်ခဲ့ပါတယ်။",
            "နှစ်ဖက်စလုံးက ဒဏ်ရာရသူတွေကို သယ်ခဲ့ပါတယ်။ တစ်ဖက်ကလူတွေကို ထားခဲ့ဖို့ ပြောပေမဲ့ မထားခဲ့ပါဘူး။ မြင်ခဲ့တာကို ပြောနိုင်ပါတယ်။",
        ),
    ),
}  # fmt: skip


def first_message(language: str, random: Random, *, danger: bool = False) -> str:
    """What somebody writes first."""
    say = PHRASES[language]
    matter = random.choice(say.danger if danger else say.matters)
    return f"{random.choice(say.openings)} {matter} {random.choice(say.questions)}"


def more(language: str, random: Random) -> str:
    """What somebody writes back."""
    return random.choice(PHRASES[language].more)


def answer(language: str, random: Random) -> str:
    """What intake answers."""
    say = PHRASES[language]
    return f"{random.choice(say.greetings)} {random.choice(say.answers)} {random.choice(say.closings)}"


def advice(language: str, random: Random) -> str:
    """The answer that ends an enquiry."""
    say = PHRASES[language]
    return f"{random.choice(say.greetings)} {random.choice(say.advice)}"


def junk(language: str, random: Random) -> str:
    """What nobody needs to answer."""
    return random.choice(PHRASES[language].junk)


def account(language: str, random: Random) -> str:
    """What somebody leaves for a court."""
    return random.choice(PHRASES[language].accounts)
