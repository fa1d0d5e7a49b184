"""Splits, augmentations, scores, networks, and the script from a folder to an ONNX file. Skipped, and says so, without PyTorch."""

import json
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

import numpy as np

try:
    import torch

    from augmentation import REPORT, erase, homographies, warp
    from evaluate import run_onnx
    from export import EXPORTERS, export_network
    from networks import NETWORKS, fold_batch_norm, initialise, load_checkpoint
    from picture_set import DatasetError, Entry, PictureSet, load_picture_set
    from training import Plan, predict, train, weigh_classes
except ImportError as missing:
    raise unittest.SkipTest(f'training needs {missing.name}: pip install -r requirements.txt') from missing

from phantoms.cohort import plan_cohort
from phantoms.domains import DOMAINS
from phantoms.save_cohorts import Placement, save_cohorts
from scores import area_under_curve, auc_by_class
from splits import split_off_test

SCRIPT = Path(__file__).parent.parent / 'train.py'


def random_pictures(count=24):
    rng = np.random.default_rng(1)
    return rng.integers(0, 256, (count, 1, 64, 64), dtype=np.uint8), np.arange(count) % 3


def run_script(*arguments):
    command = [sys.executable, '-W', 'ignore', str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


class NetworkTest(unittest.TestCase):
    def test_trained_folded_and_exported_gives_the_same_logits(self):
        for name in NETWORKS:
            torch.manual_seed(1)
            pictures, targets = random_pictures()
            network = initialise(NETWORKS[name](2, 3, 64))
            train(network, pictures, targets, Plan(1, 8, 1e-3), None)
            folded = fold_batch_norm(network, name, (2, 3, 64))
            expected = predict(network, pictures[:10]).numpy()
            np.testing.assert_allclose(predict(folded, pictures[:10]).numpy(), expected, atol=1e-4)
            for exporter in EXPORTERS:
                with self.subTest(name=name, exporter=exporter), tempfile.TemporaryDirectory() as folder:
                    export_network(folded, Path(folder) / 'network.onnx', 64, exporter)
                    found = run_onnx(Path(folder) / 'network.onnx', pictures[:10])
                    np.testing.assert_allclose(found, expected, atol=1e-4)

    def test_parameters_are_named_and_shaped_as_torchvisions(self):
        expected = {
            'resnet50': {'conv1.weight': (64, 3, 7, 7), 'layer3.5.conv2.weight': (256, 256, 3, 3),
                         'layer4.0.downsample.1.running_var': (2048,), 'fc.weight': (1000, 2048)},
            'vgg16': {'features.28.bias': (512,), 'classifier.0.weight': (4096, 25088), 'classifier.6.bias': (1000,)},
            'vgg16_bn': {'features.40.weight': (512, 512, 3, 3), 'features.41.running_mean': (512,)},
        }  # fmt: skip
        with torch.device('meta'):
            for name, shapes in expected.items():
                found = NETWORKS[name](64, 1000).state_dict()
                for key, shape in shapes.items():
                    self.assertEqual(tuple(found[key].shape), shape, key)

    def test_a_checkpoint_fills_all_but_the_last_layer(self):
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / 'weights.pth'
            source = NETWORKS['resnet50'](2, 1000)
            torch.save(source.state_dict(), file)
            network = NETWORKS['resnet50'](2, 3)
            own_last = network.fc.weight.clone()
            load_checkpoint(network, 'resnet50', file)
            self.assertTrue(torch.equal(network.layer4[2].conv3.weight, source.layer4[2].conv3.weight))
            self.assertTrue(torch.equal(network.fc.weight, own_last))
            with self.assertRaisesRegex(ValueError, 'width'):
                load_checkpoint(NETWORKS['resnet50'](3, 3), 'resnet50', file)
            file.write_text('no checkpoint')
            with self.assertRaisesRegex(ValueError, 'not a PyTorch checkpoint'):
                load_checkpoint(network, 'resnet50', file)


class AugmentationTest(unittest.TestCase):
    def test_a_homography_takes_the_corners_where_it_should(self):
        torch.manual_seed(1)
        targets = torch.tensor([[-0.9, -1.1], [1.2, -0.8], [0.7, 1.0], [-1.0, 0.9]])[None]
        corners = torch.tensor([[-1.0, -1, 1], [1, -1, 1], [1, 1, 1], [-1, 1, 1]])
        mapped = corners @ homographies(targets)[0].T
        torch.testing.assert_close(mapped[:, :2] / mapped[:, 2:], targets[0], atol=1e-5, rtol=0)

    def test_no_change_is_no_change_and_a_quarter_turn_is_one(self):
        batch = torch.rand(1, 3, 8, 8)
        torch.testing.assert_close(warp(batch, torch.eye(3)[None]), batch)
        quarter = torch.tensor([[0.0, -1, 0], [1, 0, 0], [0, 0, 1]])[None]
        torch.testing.assert_close(warp(batch, quarter), torch.rot90(batch, 1, (2, 3)), atol=1e-5, rtol=0)

    def test_values_and_shapes_stay_and_seeds_decide(self):
        for augment in REPORT.values():
            batch = torch.rand(6, 3, 32, 32)
            torch.manual_seed(2)
            first = augment(batch)
            torch.manual_seed(2)
            self.assertTrue(torch.equal(first, augment(batch)))
            self.assertEqual(first.shape, batch.shape)
            self.assertTrue(0 <= first.min() and first.max() <= 1)

    def test_erased_rectangles_have_a_plausible_size(self):
        torch.manual_seed(3)
        changed = (erase(torch.full((50, 1, 64, 64), -1.0)) >= 0).float().mean(dim=(1, 2, 3))
        self.assertTrue(0.01 < changed.min() and changed.max() < 0.3)

    def test_the_microscope_blackens_corners_and_leaves_the_middle(self):
        batch = REPORT['siim-isic'].black_out_corners(torch.ones(20, 1, 224, 224))
        self.assertEqual(batch[:, 0, [0, 0, -1, -1], [0, -1, 0, -1]].max(), 0)
        self.assertEqual(batch[:, 0, 60:160, 60:160].min(), 1)


class SplitTest(unittest.TestCase):
    def create(self, patients, layout='siim-isic', splits=()):
        entries = [Entry(Path('x'), '', split, patient) for patient, split in zip(patients, splits or [''] * len(patients))]
        targets = np.arange(len(patients)) % 2
        return PictureSet(layout, ('benign', 'malignant'), entries, np.zeros((len(patients), 1, 1, 1)), targets)

    def test_a_third_by_patient(self):
        patients = [f'p{number // 3}' for number in range(600)]
        is_test = split_off_test(self.create(patients), seed=1)
        self.assertAlmostEqual(is_test.mean(), 0.33, delta=0.01)
        for patient in set(patients):
            self.assertEqual(len({chosen for chosen, own in zip(is_test, patients) if own == patient}), 1)

    def test_the_datasets_own_split_goes_first(self):
        is_test = split_off_test(self.create([''] * 4, splits=['train', 'test', 'train', 'val']), seed=1)
        self.assertEqual(is_test.tolist(), [False, True, False, False])

    def test_pictures_without_a_patient_are_alone(self):
        is_test = split_off_test(self.create([''] * 500, layout='covid-qu-ex'), seed=1)
        self.assertAlmostEqual(is_test.mean(), 0.20, delta=0.01)


class ScoreTest(unittest.TestCase):
    def test_auc_is_the_share_of_pairs_in_order(self):
        rng = np.random.default_rng(1)
        values, positive = rng.integers(0, 6, 80) / 5, rng.random(80) < 0.4
        pairs = [(high > low) + 0.5 * (high == low) for high in values[positive] for low in values[~positive]]
        self.assertAlmostEqual(area_under_curve(values, positive), np.mean(pairs))
        self.assertTrue(np.isnan(area_under_curve(values, np.ones(80, bool))))
        self.assertEqual(auc_by_class(np.eye(3), np.arange(3), ('a', 'b', 'c')), {'a': 1, 'b': 1, 'c': 1, 'mean': 1})

    def test_rare_classes_weigh_more(self):
        np.testing.assert_allclose(weigh_classes(np.array([0, 0, 0, 1]), 2), [2 / 3, 2])


class ScriptTest(unittest.TestCase):
    def test_from_a_folder_to_a_network_for_both_layouts(self):
        for domain, network in (('chest', 'resnet50'), ('skin', 'vgg16_bn')):
            with self.subTest(domain), tempfile.TemporaryDirectory() as folder:
                data, out = Path(folder) / 'data', Path(folder) / 'network.onnx'
                orders = plan_cohort(DOMAINS[domain], 2, 18)
                save_cohorts(domain, [Placement(data, order) for order in orders], processes=1)
                done = run_script(data, '--network', network, '--width', 2, '--side', 64, '--epochs', 1, '--batch', 4, '--out', out)
                self.assertEqual(done.returncode, 0, done.stderr)
                self.assertRegex(done.stdout, r'^AUC .* mean [\d.]+ on \d+ test pictures\n$')
                manifest = json.loads(out.with_suffix('.manifest.json').read_text())
                self.assertEqual(tuple(manifest['labels']), DOMAINS[domain].labels)
                record = json.loads(out.with_suffix('.training.json').read_text())
                self.assertEqual(sum(record['pictures'].values()), 18)
                self.assertNotIn(folder, json.dumps(record))
                self.assertTrue(np.isfinite(run_onnx(out, random_pictures(2)[0])).all())

    def test_what_cannot_be_is_said_in_one_sentence(self):
        with tempfile.TemporaryDirectory() as folder:
            out = ('--network', 'vgg16', '--out', Path(folder) / 'x.onnx')
            for arguments in (
                (folder, *out), (f'{folder}/none', *out), (folder, *out, '--epochs', 0), (folder, *out, '--test-share', 2), (folder, *out, '--side', 16),
                (folder, *out, '--weights', f'{folder}/none.pth'), (folder, '--network', 'vgg16', '--out', 'x.txt'),
            ):  # fmt: skip
                done = run_script(*arguments)
                self.assertEqual(done.returncode, 1, arguments)
                self.assertRegex(done.stderr, r'^train: [^\n]+\.\n$')

    def test_a_class_without_pictures_and_a_broken_picture_are_named(self):
        with tempfile.TemporaryDirectory() as folder:
            save_cohorts('chest', [Placement(Path(folder), plan_cohort(DOMAINS['chest'], 2, 1)[0])], processes=1)
            with self.assertRaisesRegex(DatasetError, 'no pictures of the class'):
                load_picture_set(Path(folder))
            skin = Path(folder) / 'skin'
            orders = plan_cohort(DOMAINS['skin'], 2, 2)
            save_cohorts('skin', [Placement(skin, order) for order in orders], processes=1)
            broken = next(skin.glob('train/train/*.jpg'))
            broken.write_bytes(b'no picture')
            with self.assertRaisesRegex(DatasetError, broken.name):
                load_picture_set(skin)


if __name__ == '__main__':
    unittest.main()
