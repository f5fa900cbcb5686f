"""Bayes by Backprop and MC dropout in PyTorch. Variants: eager, batched (passes only: all
draws in few large products), compiled."""
import common
a = common.task()
import math
import torch
import torch.nn.functional as F

torch.set_num_threads(a.threads)
torch.manual_seed(0)
layers = list(zip(a.sizes, a.sizes[1:]))
x = torch.randn(a.rows, a.sizes[0])
if a.classes:
    y = torch.randint(0, a.sizes[-1], (a.rows,))
else:
    y = torch.sin(3 * x[:, :1])

def kernel():
    try:
        import threadpoolctl
        names = [i.get('architecture') for i in threadpoolctl.threadpool_info() if i.get('architecture')]
        if names:
            return names[0]
    except ImportError:
        pass
    return torch.backends.cpu.get_cpu_capability() if hasattr(torch.backends, 'cpu') else 'OpenBLAS'

def compiled(f):
    return torch.compile(f) if a.variant == 'compiled' else f

if a.kind == 'step':
    # θ = μ + softplus(ρ)·ε, one draw a batch; prior N(0, 1), KL in closed form.
    mu, rho = [], []
    for i, o in layers:
        mu += [torch.randn(o, i) / math.sqrt(i), torch.zeros(o)]
        rho += [torch.full((o, i), -3.), torch.full((o,), -3.)]
    params = [p.requires_grad_() for p in mu + rho]
    try:
        adam = torch.optim.Adam(params, lr=1e-3, fused=True) if a.variant == 'compiled' else torch.optim.Adam(params, lr=1e-3, foreach=True)
    except (TypeError, RuntimeError):
        adam = torch.optim.Adam(params, lr=1e-3, foreach=True)
    scale = a.total / a.rows

    def loss():
        h, kl = x, 0.
        for l in range(len(layers)):
            theta = []
            for m, r in ((mu[2*l], rho[2*l]), (mu[2*l+1], rho[2*l+1])):
                s = F.softplus(r)
                theta.append(m + s * torch.randn_like(s))
                kl = kl + (.5 * (s * s + m * m) - torch.log(s) - .5).sum()
            h = F.linear(h, theta[0], theta[1])
            if l < len(layers) - 1:
                h = F.relu(h)
        fit = F.cross_entropy(h, y, reduction='sum') if a.classes else 50 * ((h - y) ** 2).sum()
        return scale * fit + kl

    loss = compiled(loss)

    def run(n):
        for _ in range(n):
            adam.zero_grad(set_to_none=True)
            loss().backward()
            adam.step()
else:
    w = [torch.randn(o, i) / math.sqrt(i) for i, o in layers]
    b = [torch.zeros(o) for _, o in layers]
    keep = 1 - a.drop

    def first():  # what is the same in every pass
        return F.relu(F.linear(x, w[0], b[0])) if a.reuse else x

    def forward(h):  # (draws, rows, in), or (rows, in) for one draw
        for l in range(len(layers)):
            if l > 0 or not a.reuse:
                h = F.linear(h, w[l], b[l])
                if l < len(layers) - 1:
                    h = F.relu(h)
            if l < len(layers) - 1:
                if a.mask == 'example':
                    h = F.dropout(h, a.drop, training=True)
                else:
                    h = h * (torch.empty(h.shape[:-2] + (1, h.shape[-1])).bernoulli_(keep) / keep)
        return torch.softmax(h, -1) if a.classes else h

    forward = compiled(forward)

    def predict():
        with torch.no_grad():
            if a.variant == 'batched':
                at_once = max(1, min(a.draws, 4_000_000 // (a.rows * max(a.sizes))))
                h = first()
                out = [forward(h.expand(min(at_once, a.draws - t), *h.shape)) for t in range(0, a.draws, at_once)]
                f = torch.cat(out)
            else:
                h = first()
                f = torch.stack([forward(h) for _ in range(a.draws)])
            return f.mean(0), f.var(0)

    def run(n):
        for _ in range(n):
            predict()

common.serve(a, f'PyTorch {torch.__version__} {a.variant} ({kernel()})', run)
