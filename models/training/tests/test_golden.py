"""The shipped networks against their golden numbers. Skipped, and says so, without PyTorch and zennit."""

import json
import unittest

import numpy as np

try:
    import write_golden
except ImportError as missing:
    raise unittest.SkipTest(f'the golden check needs {missing.name}: pip install -r requirements.txt') from missing


class GoldenTest(unittest.TestCase):
    def test_shipped_networks_still_give_their_golden_numbers(self):
        golden = json.loads((write_golden.DEMO / 'golden.json').read_text())
        for network in write_golden.EXPLAINED:
            stored, fresh = golden['networks'][f'{network.name}.onnx'], write_golden.describe_network(network, write_golden.DEMO)
            np.testing.assert_allclose(fresh['relevance'], stored['relevance'], atol=1e-9)
            for picture, logits in stored['logits'].items():
                np.testing.assert_allclose(fresh['logits'][picture], logits, atol=1e-7)


if __name__ == '__main__':
    unittest.main()
