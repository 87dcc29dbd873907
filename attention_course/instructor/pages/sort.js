// Sorts a table by its headings: each becomes a button. Pressed once more, the order turns round.
for (const table of document.querySelectorAll("table.sortable")) {
    const headings = [...table.tHead.rows[0].cells];
    const status = table.closest("section").querySelector("[role=status]");
    const value = (row, column) => {
        const cell = row.cells[column];
        return cell.dataset.value === undefined ? cell.textContent.trim() : Number(cell.dataset.value);
    };
    const compare = (one, other) => (typeof one === "number" ? one - other : one.localeCompare(other));
    const sort = (heading, column) => {
        const up = heading.ariaSort !== "ascending";
        for (const each of headings) each.removeAttribute("aria-sort");
        heading.setAttribute("aria-sort", up ? "ascending" : "descending");
        const rows = [...table.tBodies[0].rows];
        rows.sort((one, other) => (up ? 1 : -1) * compare(value(one, column), value(other, column)));
        table.tBodies[0].append(...rows);
        status.textContent = `Sorted by ${heading.textContent.trim()}, ${up ? "ascending" : "descending"}.`;
    };
    headings.forEach((heading, column) => {
        const button = Object.assign(document.createElement("button"), { type: "button" });
        button.append(...heading.childNodes);
        heading.append(button);
        button.addEventListener("click", () => sort(heading, column));
    });
}
