"""Draws with ArviZ what TestSheets of pkg/viz drew, and puts the two side by side.

    python .ci/sheets.py DIRECTORY      # with NAME.json and NAME.ours.png in it

writes NAME.sheet.png: ArviZ on the left, ours on the right.
"""

import json
import pathlib
import sys

import matplotlib

matplotlib.use("Agg")
import arviz as az
import matplotlib.pyplot as plt
import numpy as np
from PIL import Image

az.style.use("arviz-white")


def chains(v):
    return az.from_dict(posterior={"w": np.asarray(v)})


def posterior(v):
    az.plot_posterior(np.asarray(v), hdi_prob=0.95, point_estimate="mean")


def trace(v):
    az.plot_trace(chains(v))


def rank(v):
    az.plot_rank(chains(v))


def autocorrelation(v):
    az.plot_autocorr(chains(v))


def forest(v):
    az.plot_forest(az.from_dict(posterior={k: np.asarray(c) for k, c in v.items()}), hdi_prob=0.95)


def pairs(v):
    data = az.from_dict(posterior={n: np.asarray(c)[None] for n, c in zip(v["names"], v["columns"])})
    az.plot_pair(data, kind=["scatter", "kde"], marginals=True, kde_kwargs={"fill_last": False})


def energy(v):
    az.plot_energy(az.from_dict(sample_stats={"energy": np.asarray(v)}))


def ridgeline(v):
    data = az.from_dict(posterior={n: np.asarray(v["rows"][n])[None] for n in v["order"]})
    az.plot_forest(data, kind="ridgeplot", ridgeplot_overlap=1.5)


def predictive(v):
    data = az.from_dict(
        posterior_predictive={"y": np.asarray(v["replicated"])[None]}, observed_data={"y": np.asarray(v["observed"])}
    )
    az.plot_ppc(data, num_pp_samples=60)


def band(v):
    az.plot_hdi(np.asarray(v["x"]), np.asarray(v["draws"])[None], hdi_prob=0.95)
    plt.plot(v["x"], v["mean"])
    plt.plot(v["dataX"], v["dataY"], ".", color="k")


def main(directory):
    for draw in (posterior, trace, rank, autocorrelation, forest, pairs, energy, ridgeline, predictive, band):
        name = draw.__name__
        ours = Image.open(directory / f"{name}.ours.png").convert("RGB")
        draw(json.loads((directory / f"{name}.json").read_text()))
        theirs = directory / f"{name}.arviz.png"
        fig = plt.gcf()
        fig.set_size_inches(ours.width / 192, ours.height / 192)
        fig.savefig(theirs, dpi=192)
        plt.close("all")
        left = Image.open(theirs).convert("RGB")
        sheet = Image.new("RGB", (left.width + ours.width + 24, max(left.height, ours.height)), "white")
        sheet.paste(left, (0, 0))
        sheet.paste(ours, (left.width + 24, 0))
        sheet.save(directory / f"{name}.sheet.png")
        print(name)


main(pathlib.Path(sys.argv[1]))
