"""Work in many small pieces, on any ``concurrent.futures.Executor``: here, or on a Dask cluster.

Read in this order:

1. ``job``: what all pieces of some work have in common. It goes once to each worker.
2. ``worker``: the side of a worker, which keeps the job and does the pieces.
3. ``exchange``: the side of the client, which sends pieces and receives their results.
4. ``versions``: what must be the same on both sides.
5. ``remote``: what a cluster can do beyond an ordinary executor. ``dask_executor`` does it with
   Dask, and ``join`` starts or joins what ``--cluster`` names, which ``address`` reads.

Threads, processes and the executor of a Dask client all work. Dask is imported only by ``join``.
"""
