"""Networks, folding, export, and the shipped files against their golden numbers. Skipped, and says so, without PyTorch."""

import json
import tempfile
import unittest
from pathlib import Path

import numpy as np

try:
    import torch

    from networks import NETWORKS, create_network, fold_batch_norm, initialise
    from shipped import load_shipped
    from train_demo import DEMO, export, predict, train
except ImportError as missing:
    raise unittest.SkipTest(f'training needs {missing.name}: pip install -r requirements.txt') from missing

try:
    import write_golden
except ImportError:
    write_golden = None


def random_cohort():
    rng = np.random.default_rng(1)
    return rng.integers(0, 256, (64, 224, 224), dtype=np.uint8), np.arange(64) % 3


class NetworkTest(unittest.TestCase):
    def test_trained_folded_exported_and_loaded_again_gives_the_same_logits(self):
        for name in NETWORKS:
            torch.manual_seed(1)
            cohort = random_cohort()
            network = initialise(create_network(name, 3))
            train(network, cohort, (1, 1e-3))
            plain = fold_batch_norm(network, name, 3)
            with tempfile.TemporaryDirectory() as folder:
                export(plain, Path(folder) / f'{name}-phantom.onnx')
                loaded = load_shipped(name, Path(folder))
            expected = predict(network, cohort[0][:8])
            np.testing.assert_allclose(predict(loaded, cohort[0][:8]), expected, atol=1e-4 * expected.abs().max())

    @unittest.skipIf(write_golden is None, 'the golden check needs zennit')
    def test_shipped_networks_still_give_their_golden_numbers(self):
        golden = json.loads((DEMO / 'golden.json').read_text())
        for file, stored in golden['networks'].items():
            fresh = write_golden.describe_network(file.removesuffix('-phantom.onnx'), DEMO)
            np.testing.assert_allclose(fresh['relevance'], stored['relevance'], atol=1e-9)
            for picture, logits in stored['logits'].items():
                np.testing.assert_allclose(fresh['logits'][picture], logits, atol=1e-7)
            self.assertGreater(stored['markers'][golden['picture']]['markerShare'], 0.4)


if __name__ == '__main__':
    unittest.main()
