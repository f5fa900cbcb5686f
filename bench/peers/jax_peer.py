"""Bayes by Backprop and MC dropout in JAX under jit. Variants: threefry, rbg (the random
number generator)."""
import common
a = common.task()
import os
if a.threads == 1:
    os.environ['XLA_FLAGS'] = '--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1'
os.environ['JAX_PLATFORMS'] = 'cpu'
import math
import jax
import jax.numpy as jnp

jax.config.update('jax_default_prng_impl', {'threefry': 'threefry2x32', 'rbg': 'rbg'}[a.variant])
layers = list(zip(a.sizes, a.sizes[1:]))
key = jax.random.key(0)
x = jax.random.normal(key, (a.rows, a.sizes[0]))
if a.classes:
    y = jax.random.randint(key, (a.rows,), 0, a.sizes[-1])
else:
    y = jnp.sin(3 * x[:, :1])

if a.kind == 'step':
    # θ = μ + softplus(ρ)·ε, one draw a batch; prior N(0, 1), KL in closed form; Adam.
    mu, rho = [], []
    for i, o in layers:
        mu += [jax.random.normal(key, (i, o)) / math.sqrt(i), jnp.zeros(o)]
        rho += [jnp.full((i, o), -3.), jnp.full((o,), -3.)]
    scale = a.total / a.rows

    def loss(params, key):
        mu, rho = params
        h, kl, theta = x, 0., []
        for m, r, k in zip(mu, rho, jax.random.split(key, len(mu))):
            s = jax.nn.softplus(r)
            theta.append(m + s * jax.random.normal(k, m.shape))
            kl += (.5 * (s * s + m * m) - jnp.log(s) - .5).sum()
        for l in range(len(layers)):
            h = h @ theta[2*l] + theta[2*l+1]
            if l < len(layers) - 1:
                h = jax.nn.relu(h)
        if a.classes:
            fit = -jnp.take_along_axis(jax.nn.log_softmax(h), y[:, None], 1).sum()
        else:
            fit = 50 * ((h - y) ** 2).sum()
        return scale * fit + kl

    def step(params, m, v, t, key):
        key, use = jax.random.split(key)
        g = jax.grad(loss)(params, use)
        t = t + 1
        m = jax.tree.map(lambda m, g: .9 * m + .1 * g, m, g)
        v = jax.tree.map(lambda v, g: .999 * v + .001 * g * g, v, g)
        rate, root = 1e-3 / (1 - .9 ** t), 1 / jnp.sqrt(1 - .999 ** t)
        params = jax.tree.map(lambda p, m, v: p - rate * m / (jnp.sqrt(v) * root + 1e-8), params, m, v)
        return params, m, v, t, key

    step = jax.jit(step, donate_argnums=(0, 1, 2, 3, 4))
    zeros = lambda: jax.tree.map(jnp.zeros_like, (mu, rho))
    state = ((mu, rho), zeros(), zeros(), jnp.float32(0), jax.random.key(1))

    def run(n):
        global state
        for _ in range(n):
            state = step(*state)
        jax.block_until_ready(state)
else:
    w = [jax.random.normal(key, (i, o)) / math.sqrt(i) for i, o in layers]
    b = [jnp.zeros(o) for _, o in layers]
    keep = 1 - a.drop

    # XLA computes what is the same in every pass, the first layer, once and for all. Where
    # all passes shall be whole, its weights are times a 1 that XLA does not know.
    ones = jnp.ones(a.draws)

    def forward(args):
        key, one = args
        h = x
        for l in range(len(layers)):
            h = h @ (w[l] * one if l == 0 and not a.reuse else w[l]) + b[l]
            if l < len(layers) - 1:
                h = jax.nn.relu(h)
                key, use = jax.random.split(key)
                shape = h.shape if a.mask == 'example' else h.shape[1:]
                h = h * (jax.random.bernoulli(use, keep, shape) / keep)
        return jax.nn.softmax(h) if a.classes else h

    @jax.jit
    def predict(key, ones):
        key, use = jax.random.split(key)
        f = jax.lax.map(forward, (jax.random.split(use, a.draws), ones)) # faster than several at once
        return f.mean(0), f.var(0), key

    state = key

    def run(n):
        global state
        for _ in range(n):
            mean, var, state = predict(state, ones)
        jax.block_until_ready((mean, var))

common.serve(a, f'JAX {jax.__version__} {a.variant}', run)
