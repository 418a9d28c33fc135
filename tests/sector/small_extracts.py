"""A tiny extract, one table after another, to be changed by a test before it is read."""

import csv
from pathlib import Path

import caseload_balancer as cb
from caseload_balancer.intake import read_with_notices

AS_OF = "2026-03-02"


class Extract:
    """Two children: A is looked after and held by W1, B is a child in need and held by W2."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.tables = {
            "ssd_person": [
                {"pers_person_id": "A", "pers_dob": "2018-04-01", "pers_death_date": ""},
                {"pers_person_id": "B", "pers_dob": "2014-09-09", "pers_death_date": ""},
            ],
            "ssd_cin_episodes": [
                {
                    "cine_referral_id": f"R{child}",
                    "cine_person_id": child,
                    "cine_referral_date": "2025-05-01 00:00:00",
                    "cine_referral_nfa": "N",
                    "cine_close_date": "",
                    "cine_referral_team": "T1",
                    "cine_referral_worker_id": "",
                }
                for child in "AB"
            ],
            "ssd_cla_episodes": [
                {
                    "clae_cla_episode_id": "L1",
                    "clae_person_id": "A",
                    "clae_cla_id": "P1",
                    "clae_cla_episode_start_date": "2025-06-01",
                    "clae_cla_episode_ceased_date": "",
                    "clae_entered_care_date": "2025-06-01",
                }
            ],
            "ssd_cin_plans": [
                {
                    "cinp_cin_plan_id": "N1",
                    "cinp_person_id": "B",
                    "cinp_cin_plan_start_date": "2025-06-01",
                    "cinp_cin_plan_end_date": "",
                    "cinp_cin_plan_worker_id": "W2",
                }
            ],
            "ssd_involvements": [
                self.involvement("1", "W1", "A"),
                self.involvement("2", "W2", "B"),
            ],
            "ssd_professionals": [
                {"prof_professional_id": f"W{n}", "prof_staff_id": f"S{n}"} for n in (1, 2)
            ],
            "ssd_department": [
                {
                    "dept_team_id": "T1",
                    "dept_team_name": "North",
                    "dept_team_parent_id": "",
                    "dept_team_parent_name": "",
                }
            ],
            "hr": [{"staff_id": f"S{n}", "employment": "permanent", "fte": "1"} for n in (1, 2)],
        }

    @staticmethod
    def involvement(number, worker, child, **cells):
        return {
            "invo_involvements_id": number,
            "invo_professional_id": worker,
            "invo_professional_role_id": "CW",
            "invo_professional_team": "T1",
            "invo_person_id": child,
            "invo_involvement_start_date": "2025-06-01 00:00:00",
            "invo_involvement_end_date": "",
            "invo_worker_change_reason": "FCONTA",
            "invo_referral_id": f"R{child}",
            **cells,
        }

    def add(self, table, **cells):
        self.tables.setdefault(table, []).append(cells)

    def read(self, **how):
        """Write the folder and return the snapshot with the rules of the notices."""
        for path in self.folder.glob("*.csv"):
            path.unlink()
        for name, rows in self.tables.items():
            with (self.folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        snapshot, notices = read_with_notices(self.folder, **{"as_of": AS_OF, **how})
        return snapshot, {(notice.table, notice.rule) for notice in notices}

    def refused(self, **how):
        """Return every problem as text."""
        try:
            self.read(**how)
        except cb.DataError as error:
            return "\n".join(map(str, error.problems))
        raise AssertionError("it was read")
