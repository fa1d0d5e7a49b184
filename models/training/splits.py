"""Training and test pictures apart: the dataset's own test split, or a share of it, by patient."""

import numpy as np

from picture_set import PictureSet

TEST_SHARES = {'covid-qu-ex': 0.20, 'siim-isic': 0.33}  # of the report, Appendix A


def split_off_test(pictures: PictureSet, seed: int, share: float | None = None) -> np.ndarray:
    """bool (n,): which pictures are for the test.

    Without a share the dataset's own split `test`, where it has one. All pictures of a patient go the same way; one without a
    patient is alone. Patients are drawn class by class (by their first picture), so that every class gives its share.
    """
    own = np.array([entry.split == 'test' for entry in pictures.entries])
    if share is None and own.any() and not own.all():
        return own
    share = TEST_SHARES[pictures.layout] if share is None else share
    rng = np.random.default_rng(seed)
    patients = [entry.patient or f'picture {place}' for place, entry in enumerate(pictures.entries)]
    class_of = {patient: target for patient, target in reversed(list(zip(patients, pictures.targets.tolist())))}
    chosen: set[str] = set()
    for target in range(len(pictures.labels)):
        group = sorted(patient for patient, own_target in class_of.items() if own_target == target)
        chosen.update(rng.permutation(group)[: max(1, round(share * len(group)))].tolist() if group else [])
    return np.array([patient in chosen for patient in patients])
