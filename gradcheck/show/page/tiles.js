// How the entries of an array lie in its picture: in tiles of rows and columns. A matrix is one
// tile; of weights whose inputs are pictures, each neuron is one.

// Cells are at most so large, and pictures so high, in pixels. Tiles have a gap between them.
const MOST_CELL = 26;
const MOST_HEIGHT = 420;
const GAP = 2;

// The tiles of a heat map with so many levels. positionOf gives the place of an entry among them.
export function tilesOf({ columns, picture }, count) {
  if (!picture) {
    const positionOf = (tile, row, column) => row * columns + column;
    return { tiles: 1, rows: count / columns, columns, positionOf };
  }
  const { side, neurons, isTransposed } = picture;
  const pixels = side * side;
  const positionOf = (tile, row, column) => {
    const pixel = row * side + column;
    return isTransposed ? pixel * neurons + tile : tile * pixels + pixel;
  };
  return { tiles: neurons, rows: side, columns: side, positionOf };
}

// Only one tile of several.
export function oneTile(all, which) {
  return {
    ...all,
    tiles: 1,
    positionOf: (tile, row, column) => all.positionOf(which, row, column),
  };
}

// How tiles are drawn in a width: the size of a cell in pixels, how many entries a cell stands for
// in each direction (block), and how many tiles lie side by side (across).
export function layoutOf({ tiles, rows, columns }, width) {
  const sizes = [];
  for (let cell = MOST_CELL; cell >= 1; cell -= 1) {
    sizes.push([cell, 1]);
  }
  for (let block = 2; block < Math.max(rows, columns); block += 1) {
    sizes.push([1, block]);
  }
  for (const [cell, block] of sizes) {
    const down = Math.ceil(rows / block);
    const along = Math.ceil(columns / block);
    const across = Math.min(tiles, Math.floor((width + GAP) / (along * cell + GAP)));
    const high = across ? Math.ceil(tiles / across) * (down * cell + GAP) : Infinity;
    if (across && high <= MOST_HEIGHT) {
      return laid({ tiles, down, along, across, block, cell });
    }
  }
  // A very long column of tiles: what is too high is cut into blocks of all rows.
  return laid({ tiles, down: 1, along: 1, across: 1, block: Math.max(rows, columns), cell: 1 });
}

function laid({ tiles, down, along, across, block, cell }) {
  // A flat picture gets higher cells: a row of 1 pixel cannot be seen.
  const high = tiles === 1 ? Math.max(cell, Math.min(12, Math.floor(160 / down))) : cell;
  const tile = { width: along * cell, height: down * high };
  return {
    down,
    along,
    across,
    block,
    cell: { width: cell, height: high },
    tile,
    width: across * (tile.width + GAP) - GAP,
    height: Math.ceil(tiles / across) * (tile.height + GAP) - GAP,
  };
}

// Where a cell of a tile is drawn.
export function cornerOf(layout, { tile, row, column }) {
  const { tile: size, cell, across } = layout;
  return {
    x: (tile % across) * (size.width + GAP) + column * cell.width,
    y: Math.floor(tile / across) * (size.height + GAP) + row * cell.height,
  };
}

// The cell at a point of the picture; null between tiles.
export function cellAt(layout, tiles, x, y) {
  const { tile: size, cell, across, down, along } = layout;
  const left = Math.floor(x / (size.width + GAP));
  const tile = Math.floor(y / (size.height + GAP)) * across + left;
  const column = Math.floor((x - left * (size.width + GAP)) / cell.width);
  const above = Math.floor(y / (size.height + GAP)) * (size.height + GAP);
  const row = Math.floor((y - above) / cell.height);
  const isInside =
    left < across && tile < tiles && row >= 0 && row < down && column >= 0 && column < along;
  return isInside ? { tile, row, column } : null;
}
