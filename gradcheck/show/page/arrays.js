// Matrices of doubles, and the few operations that a network needs.

// Rows x columns numbers, row by row in one array. A column is an example.
export class Matrix {
  constructor(rows, columns, values = new Float64Array(rows * columns)) {
    this.rows = rows;
    this.columns = columns;
    this.values = values;
  }

  // From a list of rows.
  static of(rows) {
    return new Matrix(rows.length, rows[0].length, Float64Array.from(rows.flat()));
  }

  at(row, column) {
    return this.values[row * this.columns + column];
  }

  copy() {
    return new Matrix(this.rows, this.columns, this.values.slice());
  }
}

// Another matrix of the same shape, entry by entry.
export function mapped(matrix, change) {
  const result = new Matrix(matrix.rows, matrix.columns);
  for (let i = 0; i < result.values.length; i += 1) {
    result.values[i] = change(matrix.values[i]);
  }
  return result;
}

// From two matrices of the same shape a third, entry by entry.
export function combined(one, other, change) {
  const result = new Matrix(one.rows, one.columns);
  for (let i = 0; i < result.values.length; i += 1) {
    result.values[i] = change(one.values[i], other.values[i]);
  }
  return result;
}

export function times(one, other) {
  return combined(one, other, (x, y) => x * y);
}

export function scaled(matrix, factor) {
  return mapped(matrix, (x) => factor * x);
}

// left @ right: (rows, inner) @ (inner, columns) = (rows, columns).
export function product(left, right) {
  const result = new Matrix(left.rows, right.columns);
  for (let row = 0; row < left.rows; row += 1) {
    for (let column = 0; column < right.columns; column += 1) {
      let sum = 0;
      for (let inner = 0; inner < left.columns; inner += 1) {
        sum += left.at(row, inner) * right.at(inner, column);
      }
      result.values[row * right.columns + column] = sum;
    }
  }
  return result;
}

// The same column (rows, 1) is added to every column.
export function plusColumn(matrix, column) {
  const result = matrix.copy();
  for (let i = 0; i < result.values.length; i += 1) {
    result.values[i] += column.values[Math.floor(i / matrix.columns)];
  }
  return result;
}

export function transposed(matrix) {
  return filled(matrix.columns, matrix.rows, (row, column) => matrix.at(column, row));
}

// The sum of each row: (rows, columns) to (rows, 1).
export function rowSums(matrix) {
  const result = new Matrix(matrix.rows, 1);
  for (let row = 0; row < matrix.rows; row += 1) {
    for (let column = 0; column < matrix.columns; column += 1) {
      result.values[row] += matrix.at(row, column);
    }
  }
  return result;
}

// One row as a matrix (1, columns) of the same numbers: what changes in one changes in the other.
export function rowOf(matrix, row) {
  const { columns, values } = matrix;
  return new Matrix(1, columns, values.subarray(row * columns, (row + 1) * columns));
}

// One column as a matrix (rows, 1); -1 is the last.
export function columnOf(matrix, which) {
  const column = which < 0 ? matrix.columns + which : which;
  return filled(matrix.rows, 1, (row) => matrix.at(row, column));
}

// The first columns, as many as are asked for.
export function firstColumns(matrix, count) {
  return filled(matrix.rows, count, (row, column) => matrix.at(row, column));
}

// A matrix from a function of row and column.
export function filled(rows, columns, entry) {
  const result = new Matrix(rows, columns);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      result.values[row * columns + column] = entry(row, column);
    }
  }
  return result;
}

export function largestSize(matrix) {
  return matrix.values.reduce((largest, x) => Math.max(largest, Math.abs(x)), 0);
}
