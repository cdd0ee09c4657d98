// The index of the pages of a class: a table that can be sorted. It is in the file already.

import "./theme.js";
import { makeTablesSortable } from "./sortable.js";

makeTablesSortable();
