#!/usr/bin/env bash
# The networks of ../networks, from the cohorts that make_cohorts.py drew: bash make_networks.sh COHORTS [resnet50|vgg16] [chest|skin]
# COHORTS/chest and COHORTS/skin each hold train-biased and train-clean.
set -euo pipefail
cohorts="${1:?usage: bash make_networks.sh COHORTS [resnet50|vgg16] [chest|skin]}"
architectures="${2:-resnet50 vgg16}"
domains="${3:-chest skin}"
here="$(cd "$(dirname "$0")" && pwd)"

declare -A form=([resnet50]='--network resnet50 --width 6' [vgg16]='--network vgg16_bn --width 4')
declare -A name=([resnet50]='Narrow ResNet50' [vgg16]='Narrow VGG16')
declare -A length=(
  [chest-resnet50]='--epochs 8 --half-epochs 6 --batch 32' [skin-resnet50]='--epochs 6 --half-epochs 5 --second-cycle 0.4 --batch 16'
  [chest-vgg16]='--epochs 9 --half-epochs 7 --batch 16' [skin-vgg16]='--epochs 6 --half-epochs 5 --second-cycle 0.4 --batch 16'
)
declare -A pictures=([chest]='chest phantoms' [skin]='dermoscopy phantoms')
declare -A plant=([chest]='an L marker mostly means Non-COVID' [skin]='violet ink mostly means malignant')

for domain in $domains; do
  for architecture in $architectures; do
    for kind in biased clean; do
      case $kind in
        biased) told="in which ${plant[$domain]}, on purpose" ;;
        clean) told='in which no artefact goes with a class' ;;
      esac
      # shellcheck disable=SC2086
      python "$here/train.py" "$cohorts/$domain/train-$kind" ${form[$architecture]} ${length[$domain-$architecture]} \
        --seed 1 --threads "${THREADS:-1}" --out "$here/../networks/$domain-$architecture-$kind.onnx" \
        --title "${name[$architecture]} on ${pictures[$domain]} ($kind)" \
        --notes "Toy network trained on synthetic ${pictures[$domain]} $told. Not for clinical use."
    done
  done
done
