"""Writes the corpus' README from the table."""

from pathlib import Path

from corpus_table import CASES

INTRODUCTION = """# Corpus: ONNX files as PyTorch writes them

Small networks with random weights, exported by PyTorch in the forms met in practice, each with the relevances that
zennit gives for the same network in float64. Made by `models/training/reference/make_corpus.py`, which says how; do
not edit anything here by hand, this page included.

A name says network, exporter (`ts`: TorchScript, `dynamo`: torch.export) with opset, and what is special. Tensors may lie
beside the file (`NAME.onnx.data`, `external/`). For `NAME.onnx` there is `NAME.json` and `NAME.bin`:

| field | meaning |
|---|---|
| `file`, `arch`, `exporter`, `opset`, `notes`, `operators` | the file, what wrote it, what it is for, the operators in it |
| `input`, `input_shape` | file of little-endian float32 pictures; the first `input_shape[0]` of them are the input |
| `low`, `high` | bounds given to ZBox |
| `names_lost` | present where module names cannot be had from the file; `layers` tells them all the same |
| `layers` | every Conv, Gemm and MatMul in the order of the file: PyTorch's module name, operator, name of its output value |
| `cases` | one relevance map each: composite, target, initial relevance (1 at the target), array, and how far zennit's own float32 run is from it (relative L2) |
| `arrays`, `files` | the `.bin`, and where each array lies in it: byte offset, shape; little-endian float32 |

`logits` are what relevance starts from; `output` is what the file returns (they differ where it ends in Softmax,
LogSoftmax or Sigmoid). `lrp.*` are summed over color, shape (pictures, height, width), and belong to the tensor that
enters the first convolution (or the Pad before it): where the file normalises pixels itself, to the normalised ones.

| file | what it is for |
|---|---|
"""


def write_readme(folder: Path) -> None:
    """Writes README.md with one line per file of the table."""
    lines = [f'| `{case.name}` | {case.arch}: {case.purpose} |' for case in CASES]
    (folder / 'README.md').write_text(INTRODUCTION + '\n'.join(lines) + '\n')
