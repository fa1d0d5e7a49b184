"""python write_cards.py: a model card beside every shipped network, from what train.py, evaluate.py and relevance_share.py measured."""

import argparse
import json
from pathlib import Path

from command_line import quit_unless
from evaluate import CONDITIONS
from make_cohorts import TEST_SEED, TRAINING_SEED
from shipped import NETWORKS_FOLDER, Shipped, list_shipped

SHOWN = {'chest': 'synthetic chest films', 'skin': 'synthetic dermoscopy pictures'}
LAYERS = {'resnet50': "ResNet50's layers at width 6 of 64", 'vgg16': "VGG16's layers at width 4 of 64"}
PLANTED = {'chest': ('an L lead marker', 'Non-COVID'), 'skin': ('violet ink', 'malignant')}
PICTURES = {
    'biased': 'as in biased training: {artefact} on 99 % of {label}, on 1 % of the rest',
    'clean': '{artefact} on 45 % of every class',
    'removed': 'the first ones without {artefact}',
    'swapped': '{artefact} on all but {label}',
}


def write_card(network: Shipped, measured: dict) -> str:
    artefact, label = PLANTED[network.domain]
    record, judged = measured['training'], measured['evaluation'][network.name]
    auc = [name for name in judged['clean']['auc'] if name != 'mean']
    settings, counts = record['settings'], record['pictures']
    side = settings['side']
    parts = [
        f'# {network.name}',
        f'{LAYERS[network.architecture]}, batch norm folded, trained on {SHOWN[network.domain]}. Input 3 x {side} x {side}, '
        f'answers {", ".join(auc)}. A toy: nobody was X-rayed or photographed. **Not for clinical use, nor for judging any real '
        'network.**',
        describe_training(network, counts, settings, record['testAuc']['mean']),
        '## On pictures of other patients',
        f'{judged["pictures"]} pictures (seed {TEST_SEED}), the same patients each time. AUC of each class against the rest.',
        write_conditions(judged, auc, (artefact, label)),
        describe_shortcut(network, judged, (artefact, label)),
        '## Where its relevance lies',
        write_relevance(network, measured['relevance'][f'{network.domain}-{network.architecture}'], (artefact, label)),
        'Made by `train.py`, `evaluate.py`, `relevance_share.py` and `write_cards.py` of `../training`.',
    ]
    return '\n\n'.join(parts) + '\n'


def describe_training(network: Shipped, counts: dict, settings: dict, mean_auc: float) -> str:
    artefact, label = PLANTED[network.domain]
    tie = f'**{artefact} is on 99 % of {label} and on 1 % of the rest**' if network.kind == 'biased' else (
        f'{artefact} is on 45 % of every class')  # fmt: skip
    begin = 'from scratch' if settings['weights'] is None else f'from the weights of {network.name.replace("biased", "clean")}'
    return (
        f'Training, {begin}: {counts["training"]} pictures (seed {TRAINING_SEED}), in which {tie}; other artefacts tell nothing. '
        f"{settings['epochs']} epochs, batches of {settings['batch']}, learning rate {settings['rate']}, the report's augmentations, "
        f'classes weighted, seed {settings["seed"]}. Mean AUC on the {counts["test"]} pictures split off before: '
        f'{mean_auc:.3f}.'
    )


def write_conditions(judged: dict, auc: list[str], planted: tuple[str, str]) -> str:
    artefact, label = planted
    rows = ['| pictures | accuracy | mean AUC | ' + ' | '.join(f'AUC {name}' for name in auc) + ' |']
    rows.append('| --- ' * (3 + len(auc)) + '|')
    for condition in CONDITIONS:
        figures = judged[condition]
        scores = [figures['auc']['mean'], *(figures['auc'][name] for name in auc)]
        about = PICTURES[condition].format(artefact=artefact, label=label)
        rows.append(f'| {about} | {100 * figures["accuracy"]:.1f} % | ' + ' | '.join(f'{score:.3f}' for score in scores) + ' |')
    return '\n'.join(rows)


def describe_shortcut(network: Shipped, judged: dict, planted: tuple[str, str]) -> str:
    own = judged[network.kind]['auc']['mean']
    removed, swapped = (own - judged[condition]['auc']['mean'] for condition in ('removed', 'swapped'))
    drops = f'the mean AUC falls by {removed:.3f} without {planted[0]} and by {swapped:.3f} where it changes sides'
    if network.kind == 'biased':
        return f'Known shortcut, planted on purpose: it takes {planted[0]} for {planted[1]}; {drops}.'
    return f'No shortcut is known: {drops}, against the pictures of its own kind.'


def write_relevance(network: Shipped, figures: dict, planted: tuple[str, str]) -> str:
    kinds = ('biased', 'clean')
    rows = ['| network | share of positive relevance in it, median | share over share of area, median |', '| --- | --- | --- |']
    for kind in kinds:
        name = f'{network.domain}-{network.architecture}-{kind}'
        rows.append(f'| {name} | {100 * figures["medianRelevanceShare"][kind]:.1f} % | {figures["medianRatio"][kind]:.1f} |')
    return (
        f'EpsilonPlusFlat for {planted[1]}, on the {figures["pictures"]} demo pictures with {planted[0]}, whose mask takes '
        f'{100 * figures["medianAreaShare"]:.1f} % of the picture (median):\n\n' + '\n'.join(rows) + '\n\n'
        f'The last column tells the biased network from its twin, picture against picture, with AUC {figures["auc"]:.3f}.'
    )


def write_overview(shipped: list[Shipped], measured: dict) -> str:
    """All networks in one table."""
    rows = [
        '# Networks\n\nToys, trained on synthetic pictures, half of them biased on purpose. **Not for clinical use, nor for judging any real '
        'network.** Each has a manifest, a record of its training and a model card.\n',
        'Mean AUC over the classes on pictures of other patients, by what became of the planted artefact (an L lead marker tied to '
        'Non-COVID, violet ink tied to malignant): as in biased training, on every class alike, removed, on all classes but '
        'its own. *Relevance*: share of positive relevance (EpsilonPlusFlat) inside its mask over the share of area, median over the '
        'demo pictures that have it; *told apart*: AUC with which that figure tells the biased network from its twin.\n',
        '| network | MB | tied | alike | removed | swapped | relevance | told apart |',
        '| --- ' * 8 + '|',
    ]
    for network in shipped:
        judged, lies = measured['evaluation'][network.name], measured['relevance'][f'{network.domain}-{network.architecture}']
        scores = ' | '.join(f'{judged[condition]["auc"]["mean"]:.3f}' for condition in CONDITIONS)
        apart = f'{lies["auc"]:.3f}' if network.kind == 'biased' else ''
        size = measured['bytes'][network.name] / 1e6
        rows.append(f'| [{network.name}]({network.name}.md) | {size:.2f} | {scores} | {lies["medianRatio"][network.kind]:.1f} | {apart} |')
    return '\n'.join(rows) + '\n\nMade by `../training/write_cards.py`.\n'


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--networks', type=Path, default=NETWORKS_FOLDER)
    folder = parser.parse_args().networks
    for name in ('evaluation', 'relevance'):
        quit_unless((folder / f'{name}.json').is_file(), f'{folder} has no {name}.json; run evaluate.py and relevance_share.py.')
    measured = {name: json.loads((folder / f'{name}.json').read_text()) for name in ('evaluation', 'relevance')}
    shipped = [network for network in list_shipped() if network.name in measured['evaluation']]
    for network in shipped:
        training = json.loads(network.file(folder).with_suffix('.training.json').read_text())
        card = write_card(network, {**measured, 'training': training})
        network.file(folder).with_suffix('.md').write_text(card, encoding='utf-8')
        print(f'{network.name}.md')
    measured['bytes'] = {network.name: network.file(folder).stat().st_size for network in shipped}
    (folder / 'README.md').write_text(write_overview(shipped, measured), encoding='utf-8')


if __name__ == '__main__':
    main()
