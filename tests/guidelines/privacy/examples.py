"""What each rule must find and what it must leave alone; every person and number is made up."""

from bot.guidelines.privacy import Kind

FIRES: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.NAME: (
        ("Thanks to Kevin Marsh for trusting us with his knee surgery", "Kevin Marsh"),
        ("So proud of our patient Anna S., diagnosed with MS at 34", "Anna S"),
        ("Mrs Hale came in today with chest pain", "Mrs Hale"),
        ("mrs hale came in today with chest pain", "hale"),
        ("MRS HALE IS READY FOR HER SCAN", "MRS HALE"),
        ("Our brave little boy Tommy finished his last chemo", "Tommy"),
        ("Sarah, 34, finished chemo with us", "Sarah"),
        ("A 30-year-old woman, Priyanka Chatterjee, seen by us for asthma", "Priyanka Chatterjee"),
        ("Zhang Wei was discharged this morning", "Zhang Wei"),
        ("We are so glad that Anna got through her biopsy", "Anna"),
        ("Meds for a 60yo seen by Dr. Ruth Patel", "Dr. Ruth Patel"),
        ("Kevin Marsh says his surgery went well", "Kevin Marsh"),
        ("Jürgen van der Berg was admitted last night", "Jürgen van der Berg"),
        ("Ke\u200bvin Mar\u200bsh was diagnosed with MS", "Ke\u200bvin Mar\u200bsh"),
    ),
    Kind.RECORD_NUMBER: (
        ("Lost wristband, MRN 4471902, hand it in at reception", "4471902"),
        ("MRN4471902 is missing", "4471902"),
        ("Chart #A-22871 shows how early screening pays off", "A-22871"),
        ("Please can someone call about patient ID: SP-112233", "SP-112233"),
        ("MRN: 123-45-6789 is on the form", "123-45-6789"),
        ("Hospital no. 7719203 please", "7719203"),
        ("NHS number 9434765918 was mistyped", "9434765918"),
    ),
    Kind.PLAN_NUMBER: (
        ("Claim denied again, policy number HP-987654", "HP-987654"),
        ("Her insurance ID: AX55210934 was accepted", "AX55210934"),
        ("Acct #20098812 is paid in full", "20098812"),
    ),
    Kind.NATIONAL_ID: (
        ("Front desk: SSN 219-09-9999 needs updating", "219-09-9999"),
        ("Her social security number is 219099999", "219099999"),
        ("NHS number 943 476 5919 is on the form", "943 476 5919"),
        ("Medicare card 2123 45670 1 was left here", "2123 45670 1"),
        ("SIN 046 454 286 was on the desk", "046 454 286"),
        ("Medicare 1EG4-TE5-MK73 is on the card", "1EG4-TE5-MK73"),
        ("DNI 12345678Z in the waiting room", "12345678Z"),
        ("PPS number 1234567T on the form", "1234567T"),
    ),
    Kind.CARD: (
        ("Paid with 4111 1111 1111 1111 at the desk", "4111 1111 1111 1111"),
        ("my cc 5105105105105100 was charged twice", "5105105105105100"),
    ),
    Kind.IBAN: (
        ("Refund to GB82 WEST 1234 5698 7654 32 please", "GB82 WEST 1234 5698 7654 32"),
        ("my iban is gb82west12345698765432", "gb82west12345698765432"),
    ),
    Kind.BIRTH_DATE: (
        ("Looking for the family of a lady, DOB 03/04/1941", "03/04/1941"),
        ("Baby boy born on March 3, 2024 at 6lb 2oz, mum doing well", "March 3, 2024"),
        ("date of birth: 12 June 1988, please call the desk", "12 June 1988"),
    ),
    Kind.CARE_DATE: (
        ("She had surgery here on 12/11/2023 and is thriving", "12/11/2023"),
        ("Resident of ours passed away 14 June. Rest easy.", "14 June"),
        ("He was admitted on march 3, 2024", "march 3, 2024"),
        ("Zhang Wei was discharged on 3 March", "3 March"),
    ),
    Kind.PATIENT_DATE: (
        ("70yo M with heart failure seen here on Feb 21, 2023", "Feb 21, 2023"),
        ("Pt with reflux had an endoscopy on 2023-09-12 here", "2023-09-12"),
        ("A 14-year-old girl admitted July 8th taught me courage", "July 8th"),
    ),
    Kind.PHONE: (
        ("Call Janet on (212) 555-0187 about the group", "(212) 555-0187"),
        ("The daughter is reachable at 415-555-1234", "415-555-1234"),
        ("Text Sam on +44 20 7946 0958 if you can cover the shift", "+44 20 7946 0958"),
        ("ring 0491 570 156 after six", "0491 570 156"),
    ),
    Kind.EMAIL: (
        ("Write to j.hale84@gmail.com about it", "j.hale84@gmail.com"),
        ("Results sent to maria.lopez@outlook.com", "maria.lopez@outlook.com"),
    ),
    Kind.ADDRESS: (
        ("Home visit at 48 Maple Grove Road went so well", "48 Maple Grove Road"),
        ("He lives at 1209 West Oak Street and needs a ride", "1209 West Oak Street"),
        ("Deliver it to Ziegelgasse 19 please", "Ziegelgasse 19"),
        ("Deliver it to 33 avenue de Provence", "33 avenue de Provence"),
        ("Post it to SW1A 1AA", "SW1A 1AA"),
        ("P.O. Box 4410 will do", "P.O. Box 4410"),
    ),
    Kind.ROOM: (
        ("The gentleman in room 412 made my whole shift", "room 412"),
        ("Pt in bed 6 sang to the nurses tonight", "bed 6"),
        ("To the family of the lady in bay 3: thank you for the cake", "bay 3"),
    ),
    Kind.LINK: (
        (
            "See https://portal.example.org/results?patient_id=88213",
            "https://portal.example.org/results?patient_id=88213",
        ),
        (
            "New images https://mychart.example.org/view/99812345",
            "https://mychart.example.org/view/99812345",
        ),
        (
            "At https://ehr.example.org/patients/99812345",
            "https://ehr.example.org/patients/99812345",
        ),
    ),
    Kind.IP_ADDRESS: (
        ("Login seen from 203.0.113.77 on the ward", "203.0.113.77"),
        ("Login seen from 2001:db8::17 on the ward", "2001:db8::17"),
    ),
    Kind.DEVICE: (
        ("Pacemaker serial no: PJN448812A was replaced today", "PJN448812A"),
        ("Device number HX-99812 logged it", "HX-99812"),
        ("Number plate no. LB07SEO blocks the ambulances", "LB07SEO"),
    ),
    Kind.AGE: (
        ("Our 94-year-old neighbour just beat pneumonia!", "94-year-old"),
        ("Happy 101st birthday to a very special lady", "101st birthday"),
        ("He is aged 92 and back on his bike", "aged 92"),
    ),
}
"""By kind: a text, and the span that must be found."""

SILENT: tuple[str, ...] = (
    # people who sign, speak, treat or are only named after
    "Dr Priya Shah explains how a biopsy works",
    "Jane Brody: why sleep matters after surgery",
    "New on the blog, by Kevin Marsh: what a scan can tell you",
    "Emily Clark, RN, joins our stroke unit",
    "Our colleague Emily Clark joins the diabetes clinic",
    "John Muir Hospital opens a new stroke unit",
    "The Christopher Hale Foundation pays for cancer research",
    "How a diagnosis of Lou Gehrig's disease is made",
    "Parkinson's disease affects movement. Early treatment helps.",
    "Senator Mark Hale wants shorter waits for surgery",
    "Kevin Marsh Knows What Your Next Scan Will Cost",
    "David Marsh promises shorter waits for every patient",
    "Thank you to everyone who came to our blood drive",
    "Christian Health workers give flu shots at St Mary's on May Street",
    "Vitamin D. and calcium after surgery: what you need to know",
    # numbers that are none of anybody's
    "MRN stands for medical record number. Keep yours handy!",
    "Charts from 2023 show that flu cases fell",
    "Policy 2030 sets out our plan for safer wards",
    "Insurance covid-19 rules end in January",
    "Health plan 2023-24 is out",
    "We gave 219,099 vaccines in 2023",
    "Group 3 starts its walk at 10am",
    "Chart: 22000 cases of flu this winter",
    "Plan: COVID-19 shots for everybody",
    "Medicare questions? 1-800-633-4227. Insurance: 1-800-318-2596.",
    "Webinar ID: 823-4567-8901, trial ID: NCT01234567",
    "Court case no. 14-1148 is about costs",
    "Trial 10.1056/NEJMoa1500000 is out",
    "BP of 140/90 on two visits? Time for a check, says the 2017 guideline",
    "Version 10.0.2.1 of our app is live",
    "The demo runs on 127.0.0.1",
    "Check your device's serial number on the recall page",
    # lines that everybody may call
    "Struggling? Call or text 988, any time.",
    "Poison Control is free and open 24/7: 1-800-222-1222",
    "Samaritans: 116 123. Childline: 0800 1111.",
    "Lifeline 13 11 14, Beyond Blue 1300 22 4636",
    "Call NHS 111 when it is not an emergency",
    # mailboxes that are shared
    "Questions about flu shots? Write to info@clinic.example",
    "Press office: press@hospital.example",
    "Follow us @CityClinic for updates",
    # days of nobody's care
    "Patients can book flu shots from October 1",
    "Our new clinic opens on March 3",
    "She was diagnosed in 2021 and now runs our peer group",
    "Adults aged 50 and over: book your check by October 1",
    "On this day: nursing pioneer Florence Hale was born on 12 May 1820",
    "Bring proof of your date of birth to the clinic",
    "Men over 45 should get screened. Talk on May 2, 2024.",
    # places, rooms and ages of everybody
    "5 Ways to Way better sleep",
    "Walk 10,000 steps a day",
    "Flu clinic today in Room 214, open until 5",
    "We added 40 beds to our new wing",
    "Bed 9 of 10 is taken; patients wait in corridors",
    "The vaccine is 90% effective in adults",
    "An 18-year-old should ask about the MenB vaccine",
    "People aged 80 to 95 get the vaccine first",
    # links to everybody's pages
    "Sign in at https://mychart.example.org/",
    "Flu facts: https://www.cdc.gov/flu/season/2023-2024.html",
    "Read https://www.who.int/news/item/12345",
    "Leaflet: https://patient.info/health/flu-12345",
    "Give at https://secure.charity.example/donate?page=123456",
    "Guide: https://www.clinic.example/patients/2023-guide",
)
"""Texts in which nothing is private."""
