(function () {
	"use strict";

	// The list of contents is open where there is room beside the text.
	var toc = document.querySelector(".toc details"), wide = matchMedia("(min-width: 82rem)");
	function unfold() { if (toc) toc.open = wide.matches; }
	unfold();
	wide.addEventListener("change", unfold);

	// Search. The index is loaded when it is first wanted.
	var input = document.getElementById("q"), list = document.getElementById("found"), index;
	var here = decodeURIComponent(location.pathname.split("/").pop()) || "index.html", limit = 20;

	function load() {
		if (load.begun) return;
		load.begun = true;
		var s = document.createElement("script");
		s.src = "search.js";
		s.onload = function () {
			index = credenceIndex.map(function (e) {
				e.title = fold(e.t);
				e.heading = fold(e.h);
				e.text = fold(e.x);
				return e;
			});
			if (document.activeElement === input) show();
		};
		s.onerror = function () { say("The index of the search, search.js, is missing next to this page."); };
		document.head.append(s);
	}

	// Small letters without accents and one kind of quotes, one for one, so that places stay
	// the same.
	function fold(s) {
		return Array.from(s, function (c) {
			if (c === "’" || c === "‘") return "'";
			if (c === "“" || c === "”") return '"';
			var f = c.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
			return f.length === c.length ? f : c;
		}).join("");
	}

	var greek = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho - sigma tau upsilon phi chi psi omega".split(" ");

	// The words of a query, each with its other ways to be written: theta, \theta and θ.
	function words(query) {
		return fold(query).split(/\s+/).filter(Boolean).map(function (w) {
			var at = greek.indexOf(w.replace(/^\\/, ""));
			return w.length > 1 && at >= 0 ? [w, String.fromCharCode(945 + at)] : [w];
		});
	}

	function find(query) {
		var all = words(query), whole = all.length > 1 && all.map(function (ways) { return ways[ways.length - 1]; }).join(" "), found = [];
		if (!all.length) return found;
		index.forEach(function (e, i) {
			var points = 0;
			for (var ways of all) {
				var inHeading = has(e.heading, ways), inTitle = has(e.title, ways), times = Math.min(4, count(e.text, ways));
				if (!inHeading && !inTitle && !times) return;
				points += (inHeading ? 10 : 0) + (inTitle ? 2 : 0) + times;
			}
			if (whole && (e.heading.includes(whole) || e.text.includes(whole))) points += 8;
			if (e.p.startsWith("exercise-")) points -= 3; // the chapter comes before its exercise
			if (e.p === here) points += 3; // and what is on this page before the rest
			found.push({ entry: e, points: points, i: i });
		});
		found.sort(function (a, b) { return b.points - a.points || a.i - b.i; });
		found.words = all.flat();
		return found;
	}

	function has(text, ways) { return ways.some(function (w) { return text.includes(w); }); }
	function count(text, ways) { return ways.reduce(function (n, w) { return n + text.split(w).length - 1; }, 0); }

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
		list.innerHTML = found.slice(0, limit).map(function (f) {
			var e = f.entry, title = e.h === e.t ? e.t : e.t + " › " + e.h;
			return '<li><a href="' + escape(e.p + "?find=" + encodeURIComponent(input.value.trim()) + "#" + encodeURIComponent(e.a)) + '">' +
				mark(title, found.words) + "<small>" + around(e, found.words) + "</small></a></li>";
		}).join("");
		if (found.length > limit) {
			list.insertAdjacentHTML("beforeend", '<li class="none">and ' + (found.length - limit) + " more: another word finds less</li>");
		}
		list.scrollTop = 0;
		list.hidden = false;
	}

	// Where a search leads, its words are marked, from the heading that was found to the next.
	// The first of them comes into sight.
	function arrive(query, anchor) {
		var start = document.getElementById(anchor), all = words(query).flat(), ranges = [];
		if (!start || !all.length || !window.Highlight) return;
		var texts = document.createTreeWalker(document.getElementById("content"), NodeFilter.SHOW_TEXT), node;
		while ((node = texts.nextNode())) {
			if (!(start.compareDocumentPosition(node) & Node.DOCUMENT_POSITION_FOLLOWING)) continue;
			var parent = node.parentElement, heading = parent.closest("h1, h2, h3");
			if (heading && heading !== start) break;
			if (parent.closest("script, style, .katex-mathml")) continue;
			var text = fold(node.data);
			all.forEach(function (w) {
				for (var at = -1; (at = text.indexOf(w, at + 1)) >= 0;) {
					var range = new Range();
					range.setStart(node, at);
					range.setEnd(node, at + w.length);
					ranges.push(range);
				}
			});
		}
		CSS.highlights.set("found", new Highlight(...ranges));
		var first = ranges.map(function (r) { return r.getBoundingClientRect(); }).find(function (r) { return r.height; });
		if (first && first.bottom > innerHeight) scrollBy(0, first.top - innerHeight / 3);
	}

	var wanted = new URLSearchParams(location.search).get("find");
	if (wanted) {
		try { history.replaceState(null, "", location.pathname + location.hash); } catch (e) { /* then the address keeps it */ }
		addEventListener("load", function () { arrive(wanted, decodeURIComponent(location.hash.slice(1))); });
	}

	input.addEventListener("focus", function () { load(); show(); });
	input.addEventListener("input", function () { load(); show(); });
	list.addEventListener("click", function (e) {
		var a = e.target.closest("a");
		if (!a) return;
		list.hidden = true;
		if (e.ctrlKey || e.metaKey || e.shiftKey || a.pathname !== location.pathname) return;
		e.preventDefault(); // a place on this page, which need not be loaded again
		location.hash = a.hash;
		input.blur();
		arrive(input.value, decodeURIComponent(a.hash.slice(1)));
	});
	document.addEventListener("click", function (e) { if (!e.target.closest(".find")) list.hidden = true; });

	document.addEventListener("keydown", function (e) {
		var links = Array.from(list.querySelectorAll("a")), at = links.indexOf(document.activeElement), inside = e.target.closest && e.target.closest(".find");
		if (e.key === "/" && !/^(INPUT|TEXTAREA)$/.test(document.activeElement.tagName)) {
			e.preventDefault();
			input.focus();
		} else if (e.key === "Escape" && inside) {
			input.focus();
			list.hidden = true;
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
