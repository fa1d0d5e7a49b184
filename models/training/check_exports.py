"""python check_exports.py: the shipped files and what the other exporter writes, against PyTorch, on ten demo pictures.

Prints the largest difference of a logit for every network and exporter, and fails above 1e-4.
"""

import argparse
import sys
import tempfile
from pathlib import Path

import numpy as np

from evaluate import run_onnx
from export import export_network
from make_demo import DEMO
from picture_set import load_picture_set
from shipped import NETWORKS_FOLDER, Shipped, list_shipped, load_shipped, side_of
from training import predict

PICTURES, BAR = 10, 1e-4


def compare(network: Shipped, folder: Path, pictures: np.ndarray) -> dict[str, float]:
    """Largest difference of a logit by exporter; `torchscript` is the file that is shipped."""
    file = network.file(folder)
    in_torch = load_shipped(file, network.architecture)
    expected = predict(in_torch, pictures).numpy()
    with tempfile.TemporaryDirectory() as temporary:
        other = Path(temporary) / 'dynamo.onnx'
        export_network(in_torch, other, side_of(file), 'dynamo')
        found = {'torchscript': run_onnx(file, pictures), 'dynamo': run_onnx(other, pictures)}
    return {exporter: float(np.abs(logits - expected).max()) for exporter, logits in found.items()}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--networks', type=Path, default=NETWORKS_FOLDER)
    folder, worst = parser.parse_args().networks, 0.0
    for domain in ('chest', 'skin'):
        for network in list_shipped((domain,)):
            if not network.file(folder).is_file():
                continue
            data = load_picture_set(DEMO / domain, side_of(network.file(folder)))
            places = np.linspace(0, len(data.pictures) - 1, PICTURES).astype(int)
            differences = compare(network, folder, data.pictures[places])
            worst = max(worst, *differences.values())
            figures = ', '.join(f'{exporter} {difference:.1e}' for exporter, difference in differences.items())
            print(f'{network.name}: {figures}', flush=True)
    sys.exit(0 if worst <= BAR else f'check_exports: a logit is off by {worst:.1e}, more than {BAR}.')


if __name__ == '__main__':
    main()
