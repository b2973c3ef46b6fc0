// The matrix drawn the way one would first: an element for each cell, all of them in the document. The bytes are the site's own.
import http from "node:http";

const PAGE = `<!doctype html><html lang="en"><title>naive</title>
<style>
#region { overflow: auto; height: 800px } td, th { border: 1px solid #ccc; vertical-align: top }
td { width: 8rem } span { display: inline-block; width: 1rem; font: 11px monospace } .quiet { opacity: .2 }
</style>
<form class="filters"><select name="state"><option value="">Any<option value="disputed">Disputed<option value="reported">Reported
<option value="confirmed">Confirmed</select> <button>Show</button></form>
<div id="region"><table id="naive"></table></div>
<script>
const STATES = { "#": "disputed", "-": "planned", "*": "withheld", ".": "untested" };
const stateOf = (code) => STATES[code] ?? (code === code.toUpperCase() ? "confirmed" : "reported");
const table = document.getElementById("naive");
let grid;
function draw(wanted) {
  const { rows, columns, tests, cells } = grid;
  let html = "<tr><th></th>" + columns.map(({ name }) => "<th>" + name + "</th>").join("") + "</tr>";
  rows.forEach((row, r) => {
    html += "<tr><th>" + row.name + "</th>";
    columns.forEach((column, c) => {
      html += '<td tabindex="-1">';
      tests.forEach((test, t) => {
        const code = cells[(r * columns.length + c) * tests.length + t];
        const state = stateOf(code);
        const quiet = wanted && state !== wanted ? ' class="quiet"' : "";
        html += "<span" + quiet + ' title="' + test.key + ", " + row.name + ", " + column.name + ": " + state + '">' + code + "</span>";
      });
      html += "</td>";
    });
    html += "</tr>";
  });
  table.innerHTML = html;
}
table.addEventListener("keydown", (event) => {
  const cell = event.target.closest("td");
  const step = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] }[event.key];
  if (!cell || !step) return;
  event.preventDefault();
  table.rows[cell.parentElement.rowIndex + step[0]]?.cells[cell.cellIndex + step[1]]?.focus();
});
document.querySelector("form").addEventListener("submit", (event) => {
  event.preventDefault();
  draw(event.target.elements.state.value);
});
fetch("/matrix.json").then((answer) => answer.json()).then(({ grids }) => { grid = grids[0]; draw(""); });
</script></html>`;

export async function openNaive(source) {
  const answer = await fetch(source);
  if (!answer.ok) throw new Error(`${source} is answered ${answer.status}.`);
  const matrix = Buffer.from(await answer.arrayBuffer());
  const server = http.createServer((request, response) => {
    const isData = request.url === "/matrix.json";
    response.setHeader("content-type", isData ? "application/json" : "text/html; charset=utf-8");
    response.end(isData ? matrix : PAGE);
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const stop = () =>
    new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${server.address().port}/`, stop };
}
