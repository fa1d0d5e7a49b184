"""python relevance_share.py: where the shipped networks' relevance lies on the demo pictures, measured with `lightbox explain`.

For every demo picture that carries the planted artefact: the share of positive relevance (EpsilonPlusFlat, for the tied
class) inside the artefact's mask, divided by the mask's share of the picture. 1 is what an even spread would give. Relevance starts
from the class's logit, so that what is positive speaks for the class also where the logit is negative. A map in which nothing speaks for the
class has no share; such pictures are counted and left out. The AUC says how well the figure tells a biased network from its clean twin.
Writes relevance.json beside the networks.
"""

import argparse
import json
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from command_line import quit_unless, quit_with
from make_demo import DEMO
from scores import area_under_curve
from shipped import ARCHITECTURES, KINDS, NETWORKS_FOLDER, Shipped

LIGHTBOX = Path(__file__).parent.parent.parent / 'src' / 'cli' / 'lightbox.js'
COMPOSITE = 'EpsilonPlusFlat'
PLANTED = {'chest': ('left-marker', 'Non-COVID'), 'skin': ('ink', 'malignant')}
BAR = 0.9


@dataclass(frozen=True)
class Marked:
    """A demo picture and the mask of the planted artefact on it."""

    picture: Path
    mask: Path


def list_marked(folder: Path, artefact: str) -> list[Marked]:
    """The masks lie in `<artefact> masks`, beside the picture or beside its folder `images`."""
    found = []
    for mask in sorted(folder.glob(f'**/{artefact} masks/*.png')):
        beside = mask.parent.parent
        candidates = (beside / 'images' / mask.name, beside / f'{mask.stem}.jpg')
        found += [Marked(picture, mask) for picture in candidates if picture.is_file()]
    return found


def explain(node: str, network: Path, pictures: list[Path], target: str) -> list[np.ndarray]:
    """Relevance (side, side) of each picture, summed over color, computed by Relevance Lightbox."""
    with tempfile.TemporaryDirectory() as out:
        command = [node, str(LIGHTBOX), 'explain', *map(str, pictures), '--model', str(network), '--composite', COMPOSITE,
                   '--target', target, '--initial', 'logit', '--provider', 'cpu', '--out', out, '--json']  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, encoding='utf-8', check=False)
        if done.returncode != 0:
            quit_with(f'lightbox explain failed: {(done.stderr or done.stdout).strip()}')
        records = json.loads(done.stdout)['explanations']
        return [np.load(Path(out) / record['files']['relevance']).sum(axis=0) for record in records]


def concentration(heatmap: np.ndarray, mask: np.ndarray) -> tuple[float, float, float]:
    """(share of positive relevance inside, share of the area, their ratio); NaN where there is no positive relevance."""
    positive = np.maximum(heatmap.astype(np.float64), 0)
    area, total = float(mask.mean()), float(positive.sum())
    share = float(positive[mask].sum()) / total if total > 0 else float('nan')
    return share, area, share / area


def load_mask(file: Path, side: int) -> np.ndarray:
    with Image.open(file) as image:
        return np.asarray(image.convert('L').resize((side, side), Image.Resampling.BOX)) >= 128


def measure(node: str, network: Shipped, arguments: argparse.Namespace) -> list[tuple[float, float, float]]:
    artefact, target = PLANTED[network.domain]
    marked = list_marked(arguments.demo / network.domain, artefact)
    quit_unless(len(marked) > 0, f'{arguments.demo / network.domain} has no picture with a {artefact}.')
    heatmaps = explain(node, network.file(arguments.networks), [one.picture for one in marked], target)
    return [concentration(heatmap, load_mask(one.mask, len(heatmap))) for heatmap, one in zip(heatmaps, marked)]


def summarise(figures: dict[str, list[tuple[float, float, float]]]) -> dict:
    known = {kind: [value for value in values if not np.isnan(value[0])] for kind, values in figures.items()}
    ratios = {kind: np.array([ratio for _, _, ratio in values]) for kind, values in known.items()}
    both = np.concatenate([ratios['biased'], ratios['clean']])
    auc = area_under_curve(both, np.arange(len(both)) < len(ratios['biased']))
    shares = {kind: round(float(np.median([share for share, _, _ in values])), 4) for kind, values in known.items()}
    return {
        'pictures': len(figures['biased']),
        'withoutPositive': {kind: len(values) - len(known[kind]) for kind, values in figures.items()},
        'medianAreaShare': round(float(np.median([area for _, area, _ in figures['biased']])), 4),
        'medianRelevanceShare': shares,
        'medianRatio': {kind: round(float(np.median(values)), 2) for kind, values in ratios.items()},
        'auc': round(auc, 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--networks', type=Path, default=NETWORKS_FOLDER)
    parser.add_argument('--demo', type=Path, default=DEMO)
    parser.add_argument('--node', default='node', help='Node 24, which runs Relevance Lightbox')
    parser.add_argument('--domains', nargs='+', choices=sorted(PLANTED), default=sorted(PLANTED))
    arguments = parser.parse_args()
    results = {}
    for domain in arguments.domains:
        for architecture in ARCHITECTURES:
            if not all(Shipped(domain, architecture, kind).file(arguments.networks).is_file() for kind in KINDS):
                continue
            figures = {kind: measure(arguments.node, Shipped(domain, architecture, kind), arguments) for kind in KINDS}
            results[f'{domain}-{architecture}'] = summary = summarise(figures)
            verdict = 'met' if summary['auc'] >= BAR else 'NOT met'
            print(f'{domain}-{architecture}: {json.dumps(summary)}: {verdict}', flush=True)
    (arguments.networks / 'relevance.json').write_text(json.dumps(results, indent=1) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
