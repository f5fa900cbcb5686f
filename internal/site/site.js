(function () {
	"use strict";

	// The list of contents is open where there is room beside the text.
	var toc = document.querySelector(".toc details"), wide = matchMedia("(min-width: 82rem)");
	function unfold() { if (toc) toc.open = wide.matches; }
	unfold();
	wide.addEventListener("change", unfold);

	// Search. The index is loaded when it is first wanted.
	var input = document.getElementById("q"), list = document.getElementById("found"), index;

	function load() {
		if (load.begun) return;
		load.begun = true;
		var s = document.createElement("script");
		s.src = "search.js";
		s.onload = function () {
			index = credenceIndex.map(function (e) {
				e.heading = fold(e.t + " " + e.h);
				e.text = fold(e.x);
				return e;
			});
			show();
		};
		s.onerror = function () { say("The index of the search, search.js, is missing next to this page."); };
		document.head.append(s);
	}

	// Small letters without accents, one for one, so that places stay the same.
	function fold(s) {
		return Array.from(s, function (c) {
			var f = c.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
			return f.length === c.length ? f : c;
		}).join("");
	}

	function find(query) {
		var words = fold(query).split(/\s+/).filter(Boolean), here = location.pathname.split("/").pop() || "index.html", found = [];
		if (!words.length) return found;
		index.forEach(function (e, i) {
			var points = 0;
			for (var w of words) {
				var inHeading = e.heading.includes(w), at = e.text.indexOf(w);
				if (!inHeading && at < 0) return;
				points += (inHeading ? 10 : 0) + (at < 0 ? 0 : Math.min(4, e.text.split(w).length - 1));
			}
			if (e.p === here) points += 3; // what is on this page comes first
			found.push({ entry: e, points: points, i: i });
		});
		found.sort(function (a, b) { return b.points - a.points || a.i - b.i; });
		found.words = words;
		return found;
	}

	// The text around the first hit, with all hits marked.
	function around(e, words) {
		var first = Math.min.apply(null, words.map(function (w) { var i = e.text.indexOf(w); return i < 0 ? Infinity : i; }));
		if (first === Infinity) first = 0;
		var from = Math.max(0, first - 60), to = Math.min(e.x.length, first + 120);
		if (from > 0) from = e.x.indexOf(" ", from) + 1;
		if (from > first) from = first;
		return (from > 0 ? "… " : "") + mark(e.x.slice(from, to), words) + (to < e.x.length ? " …" : "");
	}

	function escape(s) {
		return s.replace(/[&<>"]/g, function (c) { return { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" }[c]; });
	}

	function mark(s, words) {
		var f = fold(s), out = "", i = 0;
		while (i < s.length) {
			var w = words.find(function (w) { return f.startsWith(w, i); });
			out += w ? "<mark>" + escape(s.slice(i, i + w.length)) + "</mark>" : escape(s[i]);
			i += w ? w.length : 1;
		}
		return out;
	}

	function say(text) {
		list.innerHTML = '<li class="none"></li>';
		list.firstChild.textContent = text;
		list.hidden = false;
	}

	function show() {
		if (!input.value.trim()) { list.hidden = true; return; }
		if (!index) return;
		var found = find(input.value);
		if (!found.length) return say("Nothing has all these words.");
		list.innerHTML = found.slice(0, 20).map(function (f) {
			var e = f.entry, title = e.h === e.t ? e.t : e.t + " › " + e.h;
			return '<li><a href="' + escape(e.p + (e.a ? "#" + encodeURIComponent(e.a) : "")) + '">' + mark(title, found.words) +
				"<small>" + around(e, found.words) + "</small></a></li>";
		}).join("");
		list.hidden = false;
	}

	input.addEventListener("focus", load);
	input.addEventListener("input", function () { load(); show(); });
	list.addEventListener("click", function (e) { if (e.target.closest("a")) list.hidden = true; });
	document.addEventListener("click", function (e) { if (!e.target.closest(".find")) list.hidden = true; });

	document.addEventListener("keydown", function (e) {
		var links = Array.from(list.querySelectorAll("a")), at = links.indexOf(document.activeElement), inside = e.target.closest && e.target.closest(".find");
		if (e.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
			e.preventDefault();
			input.focus();
		} else if (e.key === "Escape" && inside) {
			list.hidden = true;
			input.focus();
		} else if (inside && e.key === "ArrowDown" && links.length) {
			e.preventDefault();
			links[Math.min(at + 1, links.length - 1)].focus();
		} else if (inside && e.key === "ArrowUp" && at >= 0) {
			e.preventDefault();
			(at ? links[at - 1] : input).focus();
		} else if (inside && e.key === "Enter" && document.activeElement === input && links.length) {
			e.preventDefault();
			links[0].click();
		}
	});
})();
