"""The made-up people and troubles of generated cases. Nobody here exists, and nothing here happened."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

FIRST = (
    "Amira Yusuf Dilip Marnie Osei Petra Noor Wanda Elsie Hana Tomasz Bronwen Kwame Sunita Ruairi Leila Gethin Agnes "
    "Farid Olwen Dmitri Precious Callum Ines Zofia Harish Morag Abena Tariq Nia Viktor Celia Bashir Rhian Joao Edith "
    "Mei Idris Gwen Pavel Shanice Rafiq Delyth Ewan Lucia Ravi Maud Cormac Ayesha Iolo Stefan Beryl Kofi Jasmin"
).split()
LAST = (
    "Adeyemi Nowak Clarke Okonkwo Lind Pryce Hussain Bell Mensah Kaur Doyle Petrov Vaughan Lam Costa Achterberg Rees "
    "Farrow Iqbal Szabo Whitlock Boateng Morris Quigley Ahmed Lowry Tansley Bevan Osman Carrick Duarte Penrose Singh "
    "Halloran Ito Jarvis Kolade Merrick Nash Ogden Pascoe Rahman Sallis Thorne Udall Vickers Wynn Yeboah Zielinski"
).split()
STREETS = (
    "Sedge Court,Alder Walk,Mill Row,Heron Close,Tannery Lane,Weir Street,Quarry Rise,Osier Gardens,Dovecote Road,"
    "Lime Kiln View,Fuller's Yard,Tern House,Kingfisher House,Barley Mow Terrace,Canal Side,Brickfield Road,"
    "Chantry Place,Ropewalk,Foundry Mews,Plover Green"
).split(",")

TOWNS = (
    "Ternbridge Weirford Ashcombe Millholt Oxenby Larkstead Hythe Barrowden Fenwick Coldwell Marsham Elmsby"
).split()
BEFORE = ("North South East West Upper Lower Great Little Old New").split()


@dataclass(frozen=True)
class Trouble:
    """A kind of complaint: what goes wrong, as a resident might say it, and what puts it right."""

    category: str
    weight: int
    points: tuple[str, ...]
    says: tuple[str, ...]
    wants: tuple[str, ...]
    remedies: tuple[str, ...]
    owner: str
    cause: str
    hazard: bool = False


TROUBLES = (
    Trouble(
        "responsive repairs",
        35,
        ("Kitchen tap leaks", "Missed visit", "Back door does not lock", "Gutter overflows", "No call back"),
        (
            "The tap has dripped for {n} weeks and the cupboard under it is rotting.",
            "I took {n} mornings off work and nobody came.",
            "The door swings open in the wind. I do not sleep well.",
            "I have rung {n} times. Each time somebody says it is on the list.",
        ),
        ("The repair done", "An apology", "Somebody to ring me back"),
        ("Fit a new tap", "Mend the lock", "Clear and refix the gutter", "Ring before each visit"),
        "Repairs",
        "order not raised",
    ),
    Trouble(
        "damp and mould",
        14,
        ("Damp left untreated", "Mould in the bedroom", "Fan does not work"),
        (
            "Black mould has come back behind the bed. My {who} coughs all night.",
            "They painted over it {n} months ago and it is through again.",
            "The wall is wet to the touch and the wardrobe smells.",
        ),
        ("The damp cured", "Somebody to look at the cause", "Help with ruined things"),
        ("Treat the walls", "Renew the extractor fan", "Survey the outside wall"),
        "Repairs",
        "cause not looked for",
        hazard=True,
    ),
    Trouble(
        "compliance",
        11,
        ("Gas check cancelled", "Fire door will not close", "Lights out on the stairs"),
        (
            "The gas man cancelled {n} times and now I have a letter saying it is my fault.",
            "The fire door on our landing has not closed since spring.",
            "There has been no light on the stairs for {n} weeks. A neighbour fell.",
        ),
        ("The check done", "The door mended", "The lights back on"),
        ("Carry out the gas check", "Replace the door closer", "Renew the stair lights"),
        "Compliance",
        "contractor did not attend",
        hazard=True,
    ),
    Trouble(
        "housing services",
        10,
        ("Letters not answered", "Wrong advice about a transfer", "Officer was rude"),
        (
            "I wrote {n} times about moving. Nobody answered.",
            "I was told I could bid and then told I could not.",
            "I was spoken to as if I were a child.",
        ),
        ("A straight answer", "An apology"),
        ("Write with the answer", "Correct the record"),
        "Housing",
        "no reply sent",
    ),
    Trouble(
        "planned works",
        8,
        ("New kitchen left unfinished", "Scaffolding left up", "Dust over everything"),
        (
            "The kitchen has had no worktop for {n} weeks.",
            "The scaffolding has blocked my window since the roof was finished.",
        ),
        ("The work finished", "The scaffolding gone"),
        ("Finish the worktop", "Take the scaffolding down"),
        "Planned works",
        "work not followed up",
    ),
    Trouble(
        "estate services",
        8,
        ("Bins not emptied", "Grass left to grow", "Lift out of order"),
        (
            "The bins have not been emptied for {n} weeks. There are rats.",
            "The lift has been out {n} times this month. I live on the sixth floor.",
        ),
        ("The bins emptied", "The lift to work"),
        ("Empty the bins", "Replace the lift controller"),
        "Estates",
        "contract not watched",
    ),
    Trouble(
        "neighbours and noise",
        6,
        ("Noise at night", "Reports not followed up"),
        ("Music until three, {n} nights a week. I kept the diary you asked for and heard nothing.",),
        ("Quiet nights", "Somebody to own this"),
        ("Meet both households", "Write with a plan"),
        "Housing",
        "case not owned",
    ),
    Trouble(
        "heating and hot water",
        8,
        ("No heating", "No hot water", "Boiler failed again"),
        (
            "No heating for {n} days with a baby in the house.",
            "The boiler has failed {n} times since it was serviced.",
        ),
        ("The heating working", "Money for the heaters I bought"),
        ("Renew the boiler pump", "Lend two heaters", "Service the boiler"),
        "Repairs",
        "parts not ordered",
        hazard=True,
    ),
)
WHO = ("son", "daughter", "mother", "husband", "wife", "little one")
NOT_UPHELD = (
    "The visits were made and are on record.",
    "The policy was followed, and we have set out where.",
    "We could not find that this happened.",
)
UPHELD = (
    "The order was raised late, and nobody told the resident.",
    "The visit did not happen, and no reason was given.",
    "The first report was closed without being looked at.",
    "The cause was missed at the first visit.",
)
EXTENSION = (
    "The surveyor can only visit next week.",
    "A part has to be ordered.",
    "We still need the contractor's record of the visit.",
)
NEWS = ("The surveyor is booked.", "The part has been ordered.", "We have the job record and are reading it.")
CALLS = (
    "Asked what is happening.",
    "Rang to give a better number.",
    "Sent a photograph.",
    "Rang about access.",
)
NEEDS = (("Hard of hearing", "Text, do not ring"), ("Uses a wheelchair", "Visits on the ground floor"),
         ("Reads large print", "Letters in large print"), ("Recovering from surgery", "Visits after noon"))  # fmt: skip
DISPUTED = (
    "The work was not done as the letter says.",
    "I do not agree about the missed visit.",
    "The money does not cover what I lost.",
)
LESSONS = ("Raise the order on the day of the call.", "Ring the resident when a visit is cancelled.",
           "Look for the cause at the first visit.")  # fmt: skip


def name(random: Random) -> str:
    """A made-up name."""
    return f"{random.choice(FIRST)} {random.choice(LAST)}"


def address(random: Random) -> str:
    """A made-up address."""
    return f"{random.randint(1, 98)} {random.choice(STREETS)}, Ternbridge"


def somewhere_else(random: Random, address: str) -> str:
    """The same address in another of many towns, so that a million complaints are not all about two thousand homes."""
    return address.replace("Ternbridge", f"{random.choice(BEFORE)} {random.choice(TOWNS)}")


def trouble(random: Random) -> Trouble:
    """A kind of complaint, as often as such complaints come."""
    return random.choices(TROUBLES, [each.weight for each in TROUBLES])[0]


def named(category: str) -> Trouble:
    """The kind of complaint of this category."""
    return next(each for each in TROUBLES if each.category == category)


def account(random: Random, kind: Trouble) -> str:
    """What the resident says, in their own words."""
    told = random.sample(kind.says, k=min(len(kind.says), random.randint(1, 2)))
    return " ".join(told).format(n=random.randint(2, 9), who=random.choice(WHO))
