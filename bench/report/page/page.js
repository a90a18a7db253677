// SPDX-License-Identifier: GPL-3.0-or-later
// report.html: tables that sort, a filter over them, and all of them unfolded on paper.
// Without it the page has the same content.
"use strict";

(() => {
	const NUMBER = /^[+-]?\d+(\.\d+)?(e[+-]?\d+)?$/i;
	const collator = new Intl.Collator("en", { numeric: true });
	const groups = [...document.querySelectorAll("details.group")];

	const make = (tag, properties) =>
		Object.assign(document.createElement(tag), properties);

	// Digits in groups are for people: the number stands beside them.
	const textOf = (cell) =>
		(cell.querySelector("data")?.value ?? cell.textContent).trim();

	// Numbers before words, and what is not known last, whichever way it goes.
	function compare(a, b, direction) {
		if (a === b)
			return 0;
		if (a === "-" || b === "-")
			return a === "-" ? 1 : -1;
		const numeric = [NUMBER.test(a), NUMBER.test(b)];
		if (numeric[0] && numeric[1])
			return direction * (Number(a) - Number(b));
		if (numeric[0] !== numeric[1])
			return numeric[0] ? -1 : 1;
		return direction * collator.compare(a, b);
	}

	function sort(heading) {
		const table = heading.closest("table");
		const body = table.tBodies[0];
		const column = heading.cellIndex;
		const direction = heading.ariaSort === "ascending" ? -1 : 1;
		const rows = [...body.rows].map((row) => [textOf(row.cells[column]), row]);

		rows.sort((a, b) => compare(a[0], b[0], direction));
		body.append(...rows.map((pair) => pair[1]));
		for (const other of table.tHead.rows[0].cells)
			other.removeAttribute("aria-sort");
		heading.setAttribute("aria-sort", direction > 0 ? "ascending" : "descending");
	}

	function makeSortable(table) {
		for (const heading of table.tHead.rows[0].cells) {
			const button = make("button", { type: "button" });

			button.append(...heading.childNodes);
			button.addEventListener("click", () => sort(heading));
			heading.append(button);
		}
	}

	// Each word must be in the row or in the heading of its table.
	function filter(text, output) {
		const words = text.toLowerCase().split(/\s+/).filter(Boolean);
		let shown = 0;

		for (const group of groups) {
			const name = group.querySelector("h3").textContent;
			let matches = 0;

			for (const row of group.querySelectorAll("tbody tr")) {
				const cells = [...row.cells].map(textOf);
				const line = [name, ...cells].join(" ").toLowerCase();

				row.hidden = !words.every((word) => line.includes(word));
				matches += !row.hidden;
			}
			group.hidden = !matches;
			group.open = words.length ? matches > 0 : group.dataset.open === "open";
			shown += matches;
		}
		output.value = words.length ? `${shown} rows` : "";
	}

	function makeTools() {
		const output = make("output", {});
		const input = make("input", {
			type: "search",
			placeholder: "Filter, as in: resume 1024",
			ariaLabel: "Filter the cells by words",
		});
		const button = make("button", { type: "button", textContent: "Unfold all" });

		input.addEventListener("input", () => filter(input.value, output));
		button.addEventListener("click", () => {
			const open = groups.some((group) => !group.open);

			for (const group of groups)
				group.open = open;
			button.textContent = open ? "Fold all" : "Unfold all";
		});
		document.getElementById("tools").append(input);
		if (groups.length > 1)
			document.getElementById("tools").append(button);
		document.getElementById("tools").append(output);
	}

	// On paper nothing unfolds; the kernel's log and the topology stay folded.
	function unfoldForPrint() {
		const folded = document.querySelectorAll(
			"details.group:not([open]), #problems details:not([open])");

		for (const part of folded)
			part.open = true;
		window.addEventListener("afterprint", () => {
			for (const part of folded)
				part.open = false;
		}, { once: true });
	}

	document.querySelectorAll("table.sortable").forEach(makeSortable);
	for (const group of groups)
		group.dataset.open = group.open ? "open" : "";
	if (groups.length)
		makeTools();
	window.addEventListener("beforeprint", unfoldForPrint);
})();
