"""python evaluate.py COHORTS: what the shipped networks do when the planted artefact goes or changes sides.

COHORTS/chest and COHORTS/skin are what make_cohorts.py drew. Writes evaluation.json beside the networks. The numbers are of
the ONNX files, computed by ONNX Runtime.
"""

import argparse
import json
from pathlib import Path

import numpy as np
import onnxruntime

from command_line import quit_with, read_folder
from picture_set import DatasetError, PictureSet, load_picture_set
from preprocessing import to_input, to_unit
from scores import auc_by_class
from shipped import NETWORKS_FOLDER, list_shipped, side_of

CONDITIONS = ('biased', 'clean', 'removed', 'swapped')
BATCH = 32
# Bars of the mean AUC.
CLEAN_AUC, BIASED_DROP, CLEAN_DROP = 0.95, 0.15, 0.03


def run_onnx(file: Path, pictures: np.ndarray, threads: int = 2) -> np.ndarray:
    """Logits (n, classes) of uint8 pictures (n, channels, side, side)."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    session = onnxruntime.InferenceSession(str(file), options, providers=['CPUExecutionProvider'])
    name = session.get_inputs()[0].name
    parts = [pictures[start : start + BATCH] for start in range(0, len(pictures), BATCH)]
    return np.concatenate([session.run(None, {name: to_input(to_unit(part)).numpy()})[0] for part in parts])


def softmax(logits: np.ndarray) -> np.ndarray:
    raised = np.exp(logits - logits.max(axis=1, keepdims=True))
    return raised / raised.sum(axis=1, keepdims=True)


def judge(file: Path, data: PictureSet, threads: int) -> dict:
    probabilities = softmax(run_onnx(file, data.pictures, threads))
    accuracy = round(float(np.mean(probabilities.argmax(axis=1) == data.targets)), 4)
    return {'accuracy': accuracy, 'auc': auc_by_class(probabilities, data.targets, data.labels)}


def load_conditions(folder: Path, side: int) -> dict[str, PictureSet]:
    try:
        return {
            condition: load_picture_set(read_folder(str(folder / f'test-{condition}')), side) for condition in CONDITIONS
        }
    except DatasetError as sentence:
        quit_with(str(sentence))


def describe_drop(name: str, judged: dict) -> str:
    """The mean AUC's fall against the pictures as in the network's own training."""
    auc = {condition: judged[condition]['auc']['mean'] for condition in CONDITIONS}
    own = 'clean' if name.endswith('-clean') else 'biased'
    removed, swapped = auc[own] - auc['removed'], auc[own] - auc['swapped']
    if own == 'clean':
        is_met = auc['clean'] >= CLEAN_AUC and max(removed, swapped) <= CLEAN_DROP
    else:
        is_met = max(removed, swapped) >= BIASED_DROP
    figures = ', '.join(f'{condition} {score:.4f}' for condition, score in auc.items())
    return f'{name}: {figures}; drop removed {removed:.4f}, swapped {swapped:.4f}: {"met" if is_met else "NOT met"}'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('cohorts')
    parser.add_argument('--networks', type=Path, default=NETWORKS_FOLDER)
    parser.add_argument('--threads', type=int, default=2)
    arguments = parser.parse_args()
    cohorts, results = read_folder(arguments.cohorts), {}
    for domain in ('chest', 'skin'):
        networks = [network for network in list_shipped((domain,)) if network.file(arguments.networks).is_file()]
        data = load_conditions(cohorts / domain, side_of(networks[0].file(arguments.networks))) if networks else {}
        for network in networks:
            file = network.file(arguments.networks)
            judged = {condition: judge(file, pictures, arguments.threads) for condition, pictures in data.items()}
            results[network.name] = {'pictures': len(data['clean'].targets), **judged}
            print(describe_drop(network.name, judged), flush=True)
    if not results:
        quit_with(f'{arguments.networks} holds none of the networks.')
    (arguments.networks / 'evaluation.json').write_text(json.dumps(results, indent=1) + '\n', encoding='utf-8')


if __name__ == '__main__':
    main()
