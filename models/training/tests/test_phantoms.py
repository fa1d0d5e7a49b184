"""python -m unittest, from models/training."""

import tempfile
import unittest
from pathlib import Path

import numpy as np
from PIL import Image

from phantoms.chest.phantom import LABELS, SIZE, Artefacts, Order, draw_phantom
from phantoms.cohort import marker_rate, plan_cohort, save_cohort, with_marker


class PhantomTest(unittest.TestCase):
    def test_same_order_same_picture(self):
        first, second = (draw_phantom(Order(7, 'COVID-19', Artefacts('L', True))) for _ in range(2))
        np.testing.assert_array_equal(first.picture, second.picture)
        other = draw_phantom(Order(8, 'COVID-19', Artefacts('L', True)))
        self.assertGreater(np.abs(first.picture.astype(int) - other.picture).mean(), 5)

    def test_marker_changes_only_its_surroundings(self):
        plain = Order(3, 'Normal')
        before, after = draw_phantom(plain), draw_phantom(with_marker(plain, 'L'))
        change = np.abs(before.picture.astype(int) - after.picture)
        self.assertGreater(change[after.masks['marker']].max(), 60)
        self.assertLessEqual(change[~after.masks['marker']].mean(), 1)  # scattered light reaches far, faintly
        np.testing.assert_array_equal(before.masks['lungs'], after.masks['lungs'])

    def test_markers_sit_in_their_corners(self):
        for letter, right in (('L', True), ('R', False)):
            rows, columns = np.nonzero(draw_phantom(Order(5, 'Normal', Artefacts(letter))).masks['marker'])
            self.assertLess(rows.mean(), SIZE / 3)
            self.assertEqual(columns.mean() > SIZE / 2, right)

    def test_opacities_lie_in_the_lungs_of_the_ill(self):
        for seed in range(6):
            for label in LABELS:
                masks = draw_phantom(Order(seed, label)).masks
                self.assertEqual(masks['opacity'].any(), label != 'Normal', (seed, label))
                self.assertLess((masks['opacity'] & ~masks['lungs']).sum(), 0.35 * masks['opacity'].sum() + 1)

    def test_lungs_take_a_plausible_share_and_are_dark(self):
        for seed in range(6):
            phantom = draw_phantom(Order(seed, 'Normal'))
            self.assertTrue(0.12 < phantom.masks['lungs'].mean() < 0.40, phantom.masks['lungs'].mean())
            self.assertLess(phantom.picture[phantom.masks['lungs']].mean(), 150)


class CohortTest(unittest.TestCase):
    def test_strength_ties_the_marker(self):
        orders = plan_cohort(1, 3000, 1.0)
        for label in LABELS:
            share = np.mean([order.artefacts.marker == 'L' for order in orders if order.label == label])
            self.assertAlmostEqual(share, marker_rate(label, 1.0), delta=0.04)
        self.assertEqual(marker_rate('Normal', 0.0), marker_rate('Non-COVID', 0.0))

    def test_files(self):
        with tempfile.TemporaryDirectory() as folder:
            save_cohort(plan_cohort(2, 3, 1.0), Path(folder))
            files = sorted(Path(folder).rglob('*.png'))
            self.assertEqual(len(files), 15)
            for file in files:
                with Image.open(file) as image:
                    self.assertEqual((image.size, image.mode), ((SIZE, SIZE), 'L'))


if __name__ == '__main__':
    unittest.main()
