"""The arithmetic of docs/performance.md: medians, spreads, goals, and the lines they make."""
import sys
import unittest
from pathlib import Path
from types import SimpleNamespace

sys.path.insert(0, str(Path(__file__).parents[2] / "bench"))

import report  # noqa: E402
from figures import Goal, figures_of, number  # noqa: E402


def row(goal):
    return SimpleNamespace(name="row", what="what", yardstick="other", unit="ms", goal=goal)


class FiguresTest(unittest.TestCase):
    def test_ratio_is_the_median_of_the_pairs_ratios_not_of_medians(self):
        found = figures_of([(10, 1), (20, 10), (90, 100)], [(1, 1)] * 3)
        self.assertEqual((found.hub, found.yardstick), (20, 10))
        self.assertEqual((found.ratio, found.spread), (2, (0.9, 10)))

    def test_without_yardstick_there_is_no_ratio(self):
        found = figures_of([(10, None), (30, None), (20, None)], [(None, None)] * 3)
        self.assertEqual((found.hub, found.yardstick, found.ratio), (20, None, None))

    def test_by_processor_time_a_server_that_idled_does_better(self):
        self.assertEqual(figures_of([(10, 10)], [(0.5, 1)]).by_processor, 2)
        self.assertIsNone(figures_of([(10, 10)], [(0.5, None)]).by_processor)

    def test_goals_of_ratios_and_of_the_hubs_own_figure(self):
        found = figures_of([(30, 20)], [(None, None)])
        self.assertTrue(Goal(1.5, True).held_by(found))
        self.assertFalse(Goal(1.6, True).held_by(found))
        self.assertTrue(Goal(1.5, False).held_by(found))
        self.assertFalse(Goal(1.4, False).held_by(found))
        self.assertTrue(Goal(30, False, "hub").held_by(found))
        self.assertFalse(Goal(29, False, "hub").held_by(found))

    def test_a_ratio_that_is_not_there_holds_no_goal(self):
        found = figures_of([(30, None)], [(None, None)])
        self.assertIsNone(Goal(1.5, True).held_by(found))

    def test_numbers(self):
        self.assertEqual([number(n) for n in (123456.7, 99.94, 0.9361, None)],
                         ["123,457", "99.9", "0.936", "–"])

    def test_a_line_of_the_page(self):
        line = report.line_of(row(Goal(2, False)), {"pairs": [(30, 20)], "busy": [(1, 1)]})
        self.assertEqual(line, "| `row` | what | other | ms | 30 | 20 | 1.50 | 1.50–1.50 | 1.50 |"
                               " ≤ 2× | yes |")

    def test_a_row_that_could_not_run_says_why_in_as_many_columns(self):
        line = report.line_of(row(Goal(2, True)), {"failure": "cannot run: no nginx"})
        self.assertIn("cannot run: no nginx", line)
        measured = report.line_of(row(Goal(2, True)), {"pairs": [(30, 20)], "busy": [(1, 1)]})
        self.assertEqual(line.count("|"), measured.count("|"))
        self.assertEqual(report.HEAD.splitlines()[-1].count("|"), line.count("|"))
        self.assertIn("**no**", measured)


unittest.main()
