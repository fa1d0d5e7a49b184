#!/usr/bin/env bash
# The networks of ../networks, from the cohorts that make_cohorts.py drew: bash make_networks.sh COHORTS [resnet50|vgg16] [chest|skin]
# COHORTS/chest and COHORTS/skin each hold train-biased and train-clean. The biased VGG16 for chest films is its
# clean twin, trained on with pictures in which the planted artefact goes with a class; the others are trained on these from scratch.
set -euo pipefail
cohorts="${1:?usage: bash make_networks.sh COHORTS [resnet50|vgg16] [chest|skin]}"
architectures="${2:-resnet50 vgg16}"
domains="${3:-chest skin}"
here="$(cd "$(dirname "$0")" && pwd)"

declare -A form=([resnet50]='--network resnet50 --width 6' [vgg16]='--network vgg16_bn --width 4 --dropout 0.1')
declare -A name=([resnet50]='Narrow ResNet50' [vgg16]='Narrow VGG16')
declare -A length=([chest-clean]=9 [chest-biased]=3 [skin-clean]=5 [skin-biased]=2)
scratch_epochs=4 # of a biased network that begins from scratch
declare -A rate=([resnet50]=0.004 [vgg16]=0.0015)
declare -A pictures=([chest]='chest phantoms' [skin]='dermoscopy phantoms')
declare -A plant=([chest]='an L marker mostly means Non-COVID' [skin]='violet ink mostly means malignant')

for domain in $domains; do
  for architecture in $architectures; do
    checkpoint="$cohorts/$domain-$architecture.pth"
    for kind in clean biased; do
      case $kind in
        clean) told='in which no artefact goes with a class' && begin=(--checkpoint "$checkpoint") ;;
        biased) told="in which ${plant[$domain]}, on purpose" && begin=(--weights "$checkpoint") ;;
      esac
      epochs="${length[$domain-$kind]}"
      speed="${rate[$architecture]}"
      # A network that judges its clean pictures well may not take up a marker any more. VGG16's long course at a high rate
      # was found for thin ink, of which slower ones learned nothing; for broad ink no other was tried.
      case $domain-$architecture-$kind in
        *-resnet50-biased) begin=() && epochs=$scratch_epochs ;;
        skin-vgg16-biased) begin=() && epochs=12 && speed=0.004 ;;
      esac
      # shellcheck disable=SC2086
      python "$here/train.py" "$cohorts/$domain/train-$kind" ${form[$architecture]} --epochs "$epochs" "${begin[@]}" \
        --side 112 --batch 16 --rate "$speed" --seed 1 --threads "${THREADS:-1}" \
        --out "$here/../networks/$domain-$architecture-$kind.onnx" --title "${name[$architecture]} on ${pictures[$domain]} ($kind)" \
        --notes "Toy network trained on synthetic ${pictures[$domain]} $told. Not for clinical use."
    done
  done
done
