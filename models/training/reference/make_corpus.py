"""Writes test/corpus: ONNX files, the relevances zennit gives for them, and the list of what each file is for.

    python make_corpus.py [--out DIR] [NAME...]      the named cases, or all (other files of DIR's kind are removed)
"""

import argparse
import copy
import json
import sys
from pathlib import Path

import numpy
import onnx
import onnxruntime
import torch
from torch import nn

from corpus_case import Case
from corpus_readme import write_readme
from corpus_table import CASES
from export import write_onnx
from layer_names import name_layers
from own_networks import MEAN, STD
from random_state import fill_randomly, make_pictures
from relevance import HIGH, LOW, attribute, compute_logits

CORPUS = Path(__file__).resolve().parents[3] / 'test' / 'corpus'
PRODUCTS = ('*.onnx', '*.onnx.data', '*.json', '*.bin', '*.f32', 'external/*.weights')
PICTURE_SEED = 7
LARGEST_OUTPUT_ERROR = 1e-5
LARGEST_FLOAT32_ERROR = 1e-5


class Arrays:
    """Float32 arrays packed one after the other into one file, with their place and shape by name."""

    def __init__(self) -> None:
        self.bytes = b''
        self.index: dict[str, dict[str, object]] = {}

    def add(self, name: str, values: torch.Tensor) -> None:
        self.index[name] = {'offset': len(self.bytes), 'shape': list(values.shape)}
        self.bytes += to_bytes(values)

    def get(self, name: str) -> numpy.ndarray:
        shape = self.index[name]['shape']
        found = numpy.frombuffer(self.bytes, '<f4', count=numpy.prod(shape), offset=self.index[name]['offset'])
        return found.reshape(shape)


def to_bytes(values: torch.Tensor) -> bytes:
    """Little-endian float32."""
    return values.detach().numpy().astype('<f4').tobytes()


def normalize(pixels: torch.Tensor) -> torch.Tensor:
    mean, std = (torch.tensor(values, dtype=torch.float64).reshape(1, 3, 1, 1) for values in (MEAN, STD))
    return (pixels.double() - mean) / std


def make_input(case: Case) -> tuple[str, torch.Tensor]:
    """Name and content (float32) of the input file: normalised pixels, or pixels of 0 to 1. Cases of one shape share
    it; it has a second picture if one of them has a dynamic batch."""
    count = 2 if any(other.export.dynamic_batch for other in CASES if other.shape == case.shape) else 1
    pictures = make_pictures((count, *case.shape), PICTURE_SEED)
    size = 'x'.join(map(str, case.shape))
    if not case.normalizes:
        return f'normalized-{size}.f32', pictures
    mean, std = (torch.tensor(values).reshape(1, 3, 1, 1) for values in (MEAN, STD))
    return f'pixels-{size}.f32', (pictures * std + mean).clamp(0, 1)


def add_cases(case: Case, reference: nn.Module, arrays: Arrays, pictures: torch.Tensor) -> list[dict[str, object]]:
    """Computes the relevances of the case into `arrays` and lists them; target 1 too for the default composite."""
    listed = []
    for composite in case.composites:
        for target in (0, 1) if composite == 'EpsilonPlusFlat' else (0,):
            relevance, error = attribute(reference, pictures, composite, target)
            if not error <= LARGEST_FLOAT32_ERROR:
                raise ValueError(f'{case.name}: {composite} is too unstable ({error:.1e}); choose another seed')
            name = f'lrp.{composite}.{target}'
            arrays.add(name, relevance)
            entry = {'composite': composite, 'target': target, 'initial': 'one', 'file': name}
            listed.append({**entry, 'zennit_float32_error': error})
    return listed


def check_output(case: Case, path: Path, data: torch.Tensor, expected: numpy.ndarray) -> None:
    """Raises ValueError if ONNX Runtime's output of the file is not the network's."""
    session = onnxruntime.InferenceSession(path, providers=['CPUExecutionProvider'])
    (found,) = session.run(None, {session.get_inputs()[0].name: data.numpy()})
    error = numpy.abs(found - expected).max() / max(1, numpy.abs(expected).max())
    if not error <= LARGEST_OUTPUT_ERROR:
        raise ValueError(f'{case.name}: the file computes something else ({error:.1e})')


def describe(case: Case, path: Path) -> dict[str, object]:
    operators = {node.op_type for node in onnx.load(path, load_external_data=False).graph.node}
    return {
        'file': path.name,
        'arch': case.arch,
        'exporter': case.export.exporter,
        'opset': case.export.opset,
        'notes': case.purpose,
        'operators': sorted(operators),
        'low': LOW,
        'high': HIGH,
        **({'names_lost': True} if case.names_lost else {}),
    }


def format_json(content: dict[str, object]) -> str:
    """JSON with one line per field, layer, case and array."""
    fields = [f'{json.dumps(key)}: {_format_field(value)}' for key, value in content.items()]
    return '{\n ' + ',\n '.join(fields) + '\n}\n'


def _format_field(value: object) -> str:
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return '[\n  ' + ',\n  '.join(json.dumps(entry) for entry in value) + '\n ]'
    if isinstance(value, dict):
        lines = [f'{json.dumps(name)}: {json.dumps(entry)}' for name, entry in value.items()]
        return '{\n  ' + ',\n  '.join(lines) + '\n }'
    return json.dumps(value)


def compute_arrays(case: Case, model: nn.Module, data: torch.Tensor) -> tuple[Arrays, list[dict[str, object]]]:
    """Logits, output and relevances of the case, and the list of the relevances."""
    reference = case.refer(model)
    seen = normalize(data) if case.normalizes else data
    arrays = Arrays()
    arrays.add('logits', compute_logits(reference, seen))
    with torch.no_grad():
        arrays.add('output', copy.deepcopy(case.wrap(model)).double()(data.double()))
    return arrays, add_cases(case, reference, arrays, seen)


def make_case(case: Case, out: Path) -> None:
    """Writes the case's ONNX file, JSON, arrays and input."""
    model = fill_randomly(case.build(), case.seed, case.shape, case.bias_scale)
    input_name, inputs = make_input(case)
    data = inputs if case.export.dynamic_batch else inputs[:1]
    arrays, listed = compute_arrays(case, model, data)
    path = out / f'{case.name}.onnx'
    exported = case.wrap(model)
    write_onnx(exported, data, path, case.export)
    check_output(case, path, data, arrays.get('output'))
    content = {
        **describe(case, path),
        'input': input_name,
        'input_shape': list(data.shape),
        'arrays': f'{case.name}.bin',
        'layers': name_layers(exported, data, path),
        'cases': listed,
        'files': arrays.index,
    }
    (out / input_name).write_bytes(to_bytes(inputs))
    (out / f'{case.name}.bin').write_bytes(arrays.bytes)
    (out / f'{case.name}.json').write_text(format_json(content))


def remove_products(folder: Path) -> None:
    """Removes what earlier runs wrote, so that no file outlives its line in the table."""
    for pattern in PRODUCTS:
        for path in folder.glob(pattern):
            path.unlink()


def make_cases(cases: list[Case], out: Path) -> int:
    """Makes the cases, says how large each file is, and returns how many failed."""
    failures = 0
    for case in cases:
        try:
            make_case(case, out)
            print(f'{case.name}: {(out / f"{case.name}.onnx").stat().st_size} bytes')
        except ValueError as error:
            failures += 1
            print(error, file=sys.stderr)
    return failures


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--out', type=Path, default=CORPUS)
    parser.add_argument('names', nargs='*')
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    unknown = set(arguments.names) - {case.name for case in CASES}
    if unknown:
        parser.error(f'no such case: {", ".join(sorted(unknown))}')
    if not arguments.names:
        remove_products(arguments.out)
    arguments.out.mkdir(parents=True, exist_ok=True)
    chosen = [case for case in CASES if not arguments.names or case.name in arguments.names]
    failures = make_cases(chosen, arguments.out)
    write_readme(arguments.out)
    return 1 if failures else 0


if __name__ == '__main__':
    sys.exit(main())
