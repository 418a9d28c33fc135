"""A small Annex A workbook as councils send it: NBSP in names, numbers as ids, failed look-ups."""

from datetime import datetime

import openpyxl

from caseload_balancer.intake import read_with_notices

AS_OF = "2021-03-15"
ASSUME = {"employment": "permanent", "fte": 1}


def day(text):
    return datetime.fromisoformat(text)


OFSTED = {
    "List 1": [["Child Unique ID", "Gender"], [1, "a) Male"]],
    "List 3": [
        ["Child Unique ID", "Date of Referral", "Referral NFA?", "Allocated Worker"],
        [101, day("2021-02-01"), "No", "Dustin\u00a0Hazlett"],
        [999, day("2021-02-01"), "No", "Dustin\u00a0Hazlett"],
    ],
    "List 4": [
        [
            "Child Unique ID",
            "Continuous Assessment Start Date",
            "Continuous Assessment Date of Authorisation",
        ],
        [101, day("2021-02-02"), None],
    ],
    "List 5": [
        [
            "Child Unique ID",
            "Strategy discussion initiating Section 47 Enquiry Start Date",
            "Was an Initial Child Protection Conference deemed unnecessary?",
            "Date of Initial Child Protection Conference",
        ],
        [102, day("2021-03-08"), "b) No", None],
        [103, day("2020-09-16"), "b) No", None],
    ],
    "List 6": [
        [
            "Child Unique ID",
            "Age",
            "CIN Start Date",
            "Date Child Was Last Seen",
            "CIN Closure Date",
            "Case Status",
            "Allocated Team",
            "Allocated Worker",
        ],
        [101, 9.3, day("2021-02-01"), None, None, "d) Open assessment", "Unit 1", "#N/A"],
        [102, 9.3, day("2020-06-09"), None, None, "c) Child in need plan", "Unit 1", "Ann Ash"],
        [
            103,
            9.3,
            day("2020-06-09"),
            day("2021-03-01"),
            None,
            "c) Child in need plan",
            "Unit 2",
            "Hazlett, Dustin",
        ],
        [104, 9.3, day("2020-06-09"), None, None, "b) Child Protection plan", "Unit 2", "Duty"],
        [105, 9.3, day("2020-06-09"), None, None, "a) Looked after child", "Unit 2", "Unit 2"],
        [106, 9.3, day("2020-06-09"), None, day("2021-03-01"), "e) Closed episode", "Unit 2", "X"],
    ],
    "List 7": [
        [
            "Child Unique ID",
            "Child Protection Plan Start Date",
            "Date of the Last Statutory Visit",
            "Date of latest review conference",
            "Child Protection Plan End Date",
            "Allocated Team",
            "Allocated Worker",
        ],
        [104, day("2020-12-01"), day("2021-03-10"), None, None, "Unit 2", "DUSTIN  HAZLETT"],
        [103, day("2019-12-01"), None, None, day("2020-12-01"), "Unit 2", "Ann Ash"],
    ],
    "List 8": [
        [
            "Child Unique ID",
            "Date of Birth",
            "Date Started to be Looked After",
            "Child\u2019s Legal Status",
            "Date of Latest Statutory Review",
            "Date of Last Social Work Visit",
            "Date Ceased to be Looked After",
            "Allocated Team",
            "Allocated Worker",
        ],
        [
            105,
            day("2010-01-01"),
            day("2020-09-01"),
            "C1: ICO",
            day("2021-01-12"),
            None,
            None,
            "CIC 1",
            "Ann Ash",
        ],
        [107, day("2002-01-01"), day("2009-09-01"), "C2: FCO", None, None, None, "CIC 1", "Y"],
    ],
    "List 9": [
        [
            "Child Unique ID",
            "Allocated Team",
            "Allocated Worker",
            "Eligibility Category",
            "LA in Touch",
        ],
        [108, "Leavers", "Jae\u00a0Vang", "b) Former relevant child", "a) Yes"],
        [109, "Leavers", "Jae Vang", "b) Former relevant child", "d) Died"],
    ],
}
TOOL = {
    "AA_6_children_in_need": [
        [
            "ChildUniqueID",
            "CINStartDate",
            "DateChildLastSeen",
            "CINClosureDate",
            "CaseStatus",
            "AllocatedTeam",
            "AllocatedWorker",
        ],
        ["C1", "09/06/2020", "01/03/2021", None, "c) Child in need plan", "Unit 1", "Ann Ash"],
    ],
    "AA_8_children_in_care": [
        [
            "ChildUniqueID",
            "DateOfBirth",
            "LoookedAfterStartDate",
            "LegalStatus",
            "LatestStatutoryReviewDate",
            "LastSocialWorkVisitDate",
            "CeasedLookedAfterDate",
            "AllocatedTeam",
            "AllocatedWorker",
        ],
        [
            "C2",
            "01/01/2010",
            "01/09/2020",
            "Emergency protection order - LA",
            None,
            "01/03/2021",
            None,
            "CIC 1",
            "Ben Oak",
        ],
    ],
    "AA_9_care_leavers": [
        [
            "ChildUniqueID",
            "AllocatedTeam",
            "AllocatedWorker",
            "AllocatedPersonalAdvisor",
            "EligibilityCategory",
            "LatestPathwayPlan",
            "LAInTouch",
            "LatestContact",
        ],
        ["C3", "Leavers", "Cy Elm", None, "b) Former relevant", "10/11/2020", "a) Yes", None],
    ],
}


def save(path, sheets, above=()):
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in (*above, *rows):
            sheet.append(row)
    book.save(path)
    return path


def read_book(path, **how):
    snapshot, notices = read_with_notices(path, **{"as_of": AS_OF, "assume": ASSUME, **how})
    return snapshot, {(notice.table, notice.rule) for notice in notices}
