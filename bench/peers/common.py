"""What the peers share: the task on the command line, and a clock on standard input.

A peer prepares and warms up, prints one line of JSON that says what it is, and then,
for every line "MS" it reads, works for about MS milliseconds and prints the mean time of
one call in microseconds, by the clock and of the processor. So all sides of a comparison can take turns."""
import argparse, json, os, sys, time

def task():
    p = argparse.ArgumentParser()
    p.add_argument('--kind', choices=['step', 'passes'], required=True)
    p.add_argument('--sizes', required=True, help='such as 1,50,50,1')
    p.add_argument('--rows', type=int, required=True, help='of the batch, or of the input of the passes')
    p.add_argument('--total', type=int, default=0, help='N, training rows that the batch stands for')
    p.add_argument('--classes', action='store_true', help='cross-entropy; else Gaussian noise with sd 0.1')
    p.add_argument('--reuse', action='store_true', help='passes: the first layer, the same in all of them, may be computed once')
    p.add_argument('--mask', choices=['pass', 'example'], default='pass')
    p.add_argument('--draws', type=int, default=100)
    p.add_argument('--drop', type=float, default=0.1)
    p.add_argument('--threads', type=int, default=1)
    p.add_argument('--variant', required=True)
    a = p.parse_args()
    a.sizes = [int(s) for s in a.sizes.split(',')]
    for v in ('OPENBLAS_NUM_THREADS', 'OMP_NUM_THREADS', 'MKL_NUM_THREADS'):
        os.environ[v] = str(a.threads)
    return a

def flop(a):
    """Floating-point operations of the matrix products, as the other sides count them."""
    layers = list(zip(a.sizes, a.sizes[1:]))
    forward = sum(2 * a.rows * i * o for i, o in layers)
    if a.kind == 'passes':
        first = 2 * a.rows * layers[0][0] * layers[0][1]
        return a.draws * (forward - first) + first if a.reuse else a.draws * forward
    return 3 * forward - 2 * a.rows * layers[0][0] * layers[0][1]  # no gradient of the input

def serve(a, name, run):
    """run(n) does the work n times and waits until it is done."""
    run(3)
    begin = time.perf_counter()
    run(2)
    each = max((time.perf_counter() - begin) / 2, 1e-7)
    print(json.dumps({'name': name, 'flop': flop(a)}), flush=True)
    for line in sys.stdin:
        n = max(1, int(float(line) / 1e3 / each))
        begin, cpu = time.perf_counter(), time.process_time()
        run(n)
        each, cpu = (time.perf_counter() - begin) / n, (time.process_time() - cpu) / n
        print(json.dumps({'us': each * 1e6, 'cpu': cpu * 1e6}), flush=True)
