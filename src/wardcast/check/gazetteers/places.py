"""Towns, and the states and countries that are too large to tell anything.

Town names: the lists in the `faker` package and a list of our own; states and countries make no
finding.
"""

import importlib
from functools import cache

from wardcast.check.gazetteers.folding import fold

_OURS = """
arlington, aurora, austin, bronx, brooklyn, charlotte, concord, dallas, fort lauderdale, harlem,
hialeah, hollywood, jackson, madison, manhattan, new york city, plano, queens, staten island,
washington dc,
aberdeen, aberystwyth, accrington, adelaide, akron, albany, albuquerque, allentown, altoona,
amarillo, anaheim, anchorage, asheville, athens, athlone, atlanta, auckland, augusta, ayr,
bakersfield, ballina, banbury, bangor, barnsley, barrow, basildon, basingstoke, bath,
baton rouge, beaumont, bedford, belfast, bellingham, bend, billings, biloxi, binghamton,
birmingham, bismarck, blackburn, blackpool, bloomington, boise, bolton, boston, boulder,
bournemouth, bozeman, bradenton, bradford, bray, bridgeport, brighton, brisbane, bristol,
brownsville, buffalo, burlington, burnley, bury, butte, cairns, calgary, cambridge, camden,
canberra, canterbury, canton, cape cod, cardiff, carlisle, carlow, casper, cedar rapids,
charleston, chattanooga, chelmsford, cheltenham, chester, chesterfield, cheyenne, chicago,
christchurch, cincinnati, clearwater, cleveland, colchester, colorado springs, columbia,
cork, corpus christi, coventry, crewe, croydon, darlington, darwin, dayton, daytona, decatur,
denver, derby, des moines, detroit, doncaster, dover, drogheda, dublin, dubuque, dudley,
duluth, dumfries, dundalk, dundee, dunedin, dunfermline, durham, eastbourne, edinburgh,
edmonton, el paso, elmira, ennis, erie, eugene, evansville, exeter, fairbanks, falkirk,
falmouth, fargo, fayetteville, fife, flagstaff, flint, folkestone, fort collins, fort wayne,
fort worth, fredericton, fresno, gainesville, galashiels, galveston, galway, gary, gateshead,
geelong, glasgow, gloucester, grand forks, grand rapids, green bay, greensboro, greenville,
grimsby, guelph, guildford, gulfport, halifax, hamilton, harlow, harrisburg, harrogate,
hartford, hartlepool, hastings, hattiesburg, hebden bridge, helena, hereford, hilo, hobart,
honolulu, houma, huddersfield, hull, huntsville, idaho falls, indianapolis, invercargill,
inverness, iowa city, ipswich, ithaca, jacksonville, joplin, juneau, kalamazoo, kalispell,
kamloops, kansas city, kelowna, kenosha, ketchikan, kettering, key west, kidderminster,
kilkenny, killarney, kilmarnock, kingston, kirkcaldy, knoxville, lafayette, lancaster,
lansing, laramie, laredo, las cruces, las vegas, leeds, leicester, letterkenny, lewiston,
lexington, lima, limerick, lincoln, lisburn, little rock, liverpool, livingston, llandudno,
long beach, los angeles, louisville, lowestoft, lubbock, luton, macon, maidstone, manchester,
mankato, margate, melbourne, memphis, miami, middlesbrough, midland, milton keynes,
milwaukee, minneapolis, minot, missoula, mobile, modesto, moline, moncton, montgomery,
montreal, muncie, napier, naples, nashville, nelson, new haven, new orleans, newark,
newcastle, newport, newquay, newry, norfolk, northampton, norwich, nottingham, nuneaton,
oakland, oban, ocala, ogden, oklahoma city, oldham, omagh, omaha, orlando, oshkosh, ottawa,
oxford, paducah, paisley, palm springs, penrith, pensacola, penzance, peoria, perth,
peterborough, philadelphia, phoenix, pittsburgh, plymouth, pocatello, poole, portland,
portsmouth, poughkeepsie, preston, providence, provo, pueblo, quebec, racine, raleigh,
ramsgate, rapid city, reading, redding, redditch, regina, reno, richmond, roanoke, rochester,
rockford, roswell, rotherham, rotorua, sacramento, saginaw, salem, salford, salina, salinas,
salisbury, salt lake city, san antonio, san diego, san francisco, san jose, santa barbara,
santa fe, sarasota, saskatoon, savannah, scarborough, schenectady, scranton, scunthorpe,
seattle, sheffield, shreveport, shrewsbury, sioux city, sioux falls, sligo, slough, solihull,
south bend, southampton, southend, southport, spokane, springfield, st louis, st paul,
stafford, stirling, stockport, stockton, stoke, stornoway, stranraer, sudbury, sunderland,
swansea, swindon, sydney, syracuse, tacoma, tallahassee, tampa, taunton, tauranga, telford,
terre haute, thunder bay, toledo, topeka, toronto, torquay, townsville, tralee, trenton,
truro, tucson, tulsa, tuscaloosa, twin falls, utica, vancouver, victoria, waco, wakefield,
walla walla, walsall, warrington, waterford, waterloo, watford, wausau, wellington, wexford,
wheeling, whitby, whitehorse, wichita, wick, nyc, philly, bronx,
wigan, wilmington, winchester, windsor,
winnipeg, winston salem, wollongong, wolverhampton, worcester, worthing, wrexham, yakima,
yellowknife, yeovil, yonkers, york, youngstown, yuma, zanesville
"""


@cache
def towns() -> frozenset[str]:
    """Folded names of towns, some of several words."""
    named = {" ".join(name.split()) for name in _OURS.split(",")}
    for module, attribute in (("geo", "land_coords"), ("address.en_IN", "cities")):
        provider = importlib.import_module(f"faker.providers.{module}").Provider
        rows = getattr(provider, attribute)
        named |= {fold(row[2] if attribute == "land_coords" else row) for row in rows}
    return frozenset(named - states_and_countries())


@cache
def states_and_countries() -> frozenset[str]:
    """Folded names of countries and of US states: they make no finding."""
    provider = importlib.import_module("faker.providers.address.en_US").Provider
    named = {fold(name) for name in (*provider.countries, *provider.states)}
    extra = (
        "america england scotland wales britain uk us usa europe africa asia ireland ontario "
        "quebec alberta manitoba saskatchewan queensland tasmania punjab kerala gujarat bihar "
        "maharashtra rajasthan karnataka assam odisha telangana bavaria catalonia"
    )
    several = {
        "british columbia", "nova scotia", "new brunswick", "new south wales", "tamil nadu",
        "west bengal", "uttar pradesh", "andhra pradesh", "south australia", "western australia",
        "northern ireland", "prince edward island",
    }  # fmt: skip
    return frozenset(named | several | set(extra.split()))
